import Foundation
import Rights

extension PolicyReading {
    /// The trust's logo and colour: `brand` on the cover, which may be left out.
    func brand(in cover: Section) -> Brand {
        guard let section = cover.optionalSection("brand") else { return Brand() }
        defer { section.close() }
        return Brand(logo: logo(in: section), headerColour: headerColour(in: section))
    }

    private func headerColour(in section: Section) -> Colour? {
        guard let placed = section.optionalPlaced("header-colour") else { return nil }
        guard let colour = Colour(placed.text) else {
            section.fault(
                at: placed, "`\(placed.text)` is not a colour", "Write `#` and six digits in quotes: \"#005eb8\".")
            return nil
        }
        let contrast = colour.contrastWithWhite
        // WCAG 2.2, 1.4.3: what is smaller than a large heading.
        if contrast < 4.5 {
            let shown = (contrast * 10).rounded(.down) / 10
            section.fault(
                at: placed,
                "White words on \(colour) cannot be read by everybody: the contrast is \(shown) to 1, and must be 4.5",
                "Choose a darker colour.")
        }
        return colour
    }

    private func logo(in section: Section) -> Brand.Logo? {
        guard let placed = section.optionalPlaced("logo") else { return nil }
        let alternative = section.text("logo-says")
        guard placed.text == PolicyFolder.logo else {
            section.fault(
                at: placed, "The logo must be called \(PolicyFolder.logo)",
                "Save the picture as PNG under that name, beside this file. Other kinds, SVG among them, are not taken."
            )
            return nil
        }
        guard let bytes = folder.logo else {
            section.fault(at: placed, "There is no file \(PolicyFolder.logo)", "Put the picture beside this file.")
            return nil
        }
        do throws(PNGPicture.Refused) {
            let picture = try PNGPicture(bytes)
            return Brand.Logo(
                png: bytes, width: picture.width, height: picture.height, alternative: alternative)
        } catch {
            section.fault(at: placed, "The logo cannot be used: \(error.why)", "Save the picture as PNG once more.")
            return nil
        }
    }
}

extension Colour {
    /// How much brighter white is, from 1 to 21: the relative luminance of WCAG 2.2.
    var contrastWithWhite: Double {
        func linear(_ byte: UInt8) -> Double {
            let part = Double(byte) / 255
            return part <= 0.04045 ? part / 12.92 : pow((part + 0.055) / 1.055, 2.4)
        }
        let luminance = 0.2126 * linear(red) + 0.7152 * linear(green) + 0.0722 * linear(blue)
        return 1.05 / (luminance + 0.05)
    }
}
