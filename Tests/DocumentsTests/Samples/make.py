"""Makes the sample files beside this script with the programs that people's files come from.

Run by hand when a sample is added; the samples are committed so that the tests need none of this.
Needs: pillow pillow-heif pikepdf openpyxl python-docx odfpy xlwt pydicom msoffcrypto-tool pyzipper av numpy
"""
import io
import pathlib
import struct
import wave
import zipfile

import av
import msoffcrypto.format.ooxml
import numpy
import odf.opendocument
import odf.text
import openpyxl
import pikepdf
import pillow_heif
import pydicom
import pyzipper
import xlwt
from PIL import Image
from pydicom.dataset import FileDataset, FileMetaDataset

here = pathlib.Path(__file__).parent
image = Image.new("RGB", (24, 16), (0, 94, 184))


def pdf(name, encryption=False, streams=pikepdf.ObjectStreamMode.disable, **more):
    document = pikepdf.new()
    document.add_blank_page(page_size=(595, 842))
    document.save(here / name, encryption=encryption, object_stream_mode=streams, deterministic_id=not encryption, **more)


pdf("table.pdf")
pdf("stream.pdf", streams=pikepdf.ObjectStreamMode.generate)
pdf("linearized.pdf", linearize=True)
for revision in (2, 3, 4, 6):
    aes = revision >= 4
    for kind, user in (("user", "secret"), ("owner", "")):
        pdf(f"{kind}-r{revision}.pdf",
            pikepdf.Encryption(user=user, owner="owner", R=revision, aes=aes, metadata=revision != 2 and aes))
pdf("owner-r6-stream.pdf", pikepdf.Encryption(user="", owner="owner", R=6), pikepdf.ObjectStreamMode.generate)

image.save(here / "picture.jpg", exif=b"Exif\0\0" + b"\xff\xd8\xff\xd9")
image.save(here / "progressive.jpg", progressive=True)
image.save(here / "picture.png")
image.save(here / "picture.gif")
image.save(here / "picture.bmp")
image.save(here / "picture.webp")
image.save(here / "picture.tiff")
image.convert("1").save(here / "fax.tiff", compression="group4")
pillow_heif.register_heif_opener()
image.resize((64, 64)).save(here / "photo.heic")

book = openpyxl.Workbook()
book.active["A1"] = "Example"
book.save(here / "sheet.xlsx")
with open(here / "sheet.xlsx", "rb") as plain, open(here / "locked.xlsx", "wb") as locked:
    msoffcrypto.format.ooxml.OOXMLFile(plain).encrypt("secret", locked)
old = xlwt.Workbook()
old.add_sheet("One").write(0, 0, "Example")
old.save(here / "sheet.xls")

# What Word writes, reduced to the parts that make the file one.
with zipfile.ZipFile(here / "letter.docx", "w", zipfile.ZIP_DEFLATED) as archive:
    archive.writestr("[Content_Types].xml", '<?xml version="1.0"?><Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"/>')
    archive.writestr("_rels/.rels", '<?xml version="1.0"?><Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"/>')
    archive.writestr("word/document.xml", '<?xml version="1.0"?><w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"/>')

text = odf.opendocument.OpenDocumentText()
text.text.addElement(odf.text.P(text="Example"))
text.save(here / "letter.odt")

with zipfile.ZipFile(here / "plain.zip", "w", zipfile.ZIP_DEFLATED) as archive:
    archive.writestr("one.txt", "one")
    archive.writestr("folder/two.txt", "two" * 100)
with pyzipper.AESZipFile(here / "aes.zip", "w", compression=pyzipper.ZIP_DEFLATED, encryption=pyzipper.WZ_AES) as archive:
    archive.setpassword(b"secret")
    archive.writestr("one.txt", "one")
with zipfile.ZipFile(here / "nested.zip", "w", zipfile.ZIP_STORED) as archive:
    archive.write(here / "plain.zip", "harmless.txt")
with zipfile.ZipFile(here / "bomb.zip", "w", zipfile.ZIP_DEFLATED, compresslevel=9) as archive:
    archive.writestr("zeros", bytes(32 << 20))
with zipfile.ZipFile(here / "zip64.zip", "w") as archive:
    with archive.open("one.txt", "w", force_zip64=True) as member:
        member.write(b"one")

with wave.open(str(here / "sound.wav"), "wb") as sound:
    sound.setnchannels(1)
    sound.setsampwidth(2)
    sound.setframerate(8000)
    sound.writeframes(bytes(1600))


def recording(name, codec, rate):
    with av.open(str(here / name), "w") as container:
        stream = container.add_stream(codec, rate=rate)
        stream.layout = "mono"
        frame = av.AudioFrame.from_ndarray(numpy.zeros((1, 4608), numpy.float32), format="fltp", layout="mono")
        frame.sample_rate = rate
        for packet in [*stream.encode(frame), *stream.encode(None)]:
            container.mux(packet)


recording("sound.mp3", "libmp3lame", 44100)
recording("sound.mp4", "aac", 44100)
recording("sound.mov", "aac", 44100)

meta = FileMetaDataset()
meta.MediaStorageSOPClassUID = pydicom.uid.SecondaryCaptureImageStorage
meta.MediaStorageSOPInstanceUID = "1.2.826.0.1.3680043.8.498.1"
meta.TransferSyntaxUID = pydicom.uid.ExplicitVRLittleEndian
scan = FileDataset(None, {}, file_meta=meta, preamble=bytes(128))
scan.PatientName = "Example^Anna"
scan.save_as(here / "scan.dcm", enforce_file_format=True)
