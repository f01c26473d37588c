import Rights

/// `policy.yaml`: which text this is, who approved it, and what holds for the whole of it.
struct Cover {
    let edition: Edition
    let nation: Nation
    let sender: String
    let regulator: String
    let patientSignsConsent: Bool
    let channels: [Channel: Channel.Acceptance]
    let brand: Brand
}

extension PolicyReading {
    func cover(in section: Section) -> Cover? {
        let issued = section.day("issued")
        let ratified = section.day("ratified")
        let nextReview = section.day("next-review")
        if nextReview <= ratified {
            section.fault(
                at: "next-review", "The next review is not after the day of ratification",
                "A policy is reviewed at least every three years (8.2).")
        }
        let signOffs = section.each("sign-offs") { entry in
            SignOff(role: entry.text("role"), on: entry.day("on"))
        }
        // Policy 8.1 (S2-199): three dated approvals before a policy comes into use.
        if signOffs.count < 3 {
            section.fault(
                at: "sign-offs", "A policy needs three sign-offs",
                "Give the days on which the Caldicott Guardian, the Senior Information Risk Owner and the Information "
                    + "Governance Steering Group approved it.")
        }
        let edition = Edition(
            code: folder.code, name: section.text("name"), version: section.text("version"),
            inForce: section.day("in-force"), issued: issued, ratified: ratified, nextReview: nextReview,
            owner: section.text("owner"), signOffs: signOffs, fingerprint: folder.fingerprint)
        for signOff in signOffs where signOff.on > edition.inForce {
            section.fault(
                at: "in-force", "The policy is in force before the \(signOff.role) signed it off",
                "Correct one of the two dates.")
        }
        let nation = section.one(of: Nation.self, "nation")
        let channels = channels(in: section)
        let cover = Cover(
            edition: edition, nation: nation ?? .englandAndWales, sender: section.text("sender"),
            regulator: section.text("regulator"),
            patientSignsConsent: section.flag("patient-signs-consent", or: false), channels: channels,
            brand: brand(in: section))
        return cover
    }

    private func channels(in section: Section) -> [Channel: Channel.Acceptance] {
        guard let list = section.section("channels") else { return [:] }
        defer { list.close() }
        var channels: [Channel: Channel.Acceptance] = [:]
        for channel in Channel.allCases {
            channels[channel] = list.one(of: Channel.Acceptance.self, channel.rawValue)
        }
        return channels
    }
}
