"""Evolution's engine (libcamel) at work: signs, verifies, encrypts and decrypts with what is in ~/.pki/nssdb."""

import sys

import gi

gi.require_version("Camel", "1.2")
from gi.repository import Camel, GLib  # noqa: E402


class Session(Camel.Session):
    """No password is ever asked for: the database has none."""


def part_of(text):
    part = Camel.MimePart.new()
    part.set_content(text.encode(), "text/plain")
    return part


def text_of(part):
    stream = Camel.StreamMem.new()
    part.get_content().decode_to_stream_sync(stream, None)
    return bytes(stream.get_byte_array()).decode()


def main(address, sign, encrypt, directory):
    Camel.init(directory, True)
    session = Session(user_data_dir=directory, user_cache_dir=directory)
    context = Camel.SMIMEContext.new(session)
    context.set_sign_mode(Camel.SMIMESign.CLEARSIGN)
    context.set_encrypt_key(True, encrypt)
    signed = Camel.MimePart.new()
    context.sign_sync(sign, Camel.CipherHash.SHA256, part_of("The results are in.\n"), signed, None)
    validity = context.verify_sync(signed, None)
    print("signature", validity.get_valid())
    sealed = Camel.MimePart.new()
    context.encrypt_sync(encrypt, [address], signed, sealed, None)
    opened = Camel.MimePart.new()
    context.decrypt_sync(sealed, opened, None)
    again = context.verify_sync(opened, None)
    print("opened", again.get_valid())


try:
    main(*sys.argv[1:])
except GLib.Error as error:
    print("failed", error.message)
    sys.exit(1)
