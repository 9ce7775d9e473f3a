"""Writes vault.json: a vault made by pyca/cryptography instead of Keyward, so that the stored format is checked by
an implementation that shares no code with it. Run: python3 make.py > vault.json (pyca/cryptography 48 or newer)."""

import json
import os

from cryptography.hazmat.primitives import hashes, hpke, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.kdf.argon2 import Argon2id
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

OPERATOR, SEALING_KEY, KEY = "operator-1", "sealing-key-1", "key-1"
PASSPHRASE = "Grüße aus der Praxis"
CROCKFORD = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
SUITE = hpke.Suite(hpke.KEM.X25519, hpke.KDF.HKDF_SHA256, hpke.AEAD.AES_256_GCM)


def binding(*parts):
    return json.dumps(["keyward-vault-1", *parts], separators=(",", ":"), ensure_ascii=False).encode()


def gcm(key, plaintext, aad):
    nonce = os.urandom(12)
    return nonce + AESGCM(key).encrypt(nonce, plaintext, aad)


def seal_hpke(public_key, plaintext, aad):
    sealed = hpke.rust_openssl.hpke._encrypt_with_aad(SUITE, plaintext, public_key, b"", aad)
    return {"enc": sealed[:32].hex(), "ciphertext": sealed[32:].hex()}


def times(a, b):
    """Product in GF(2)[x]/(x^5 + x^2 + 1)."""
    product = 0
    for bit in range(5):
        if b >> bit & 1:
            product ^= a << bit
    for bit in range(9, 4, -1):
        if product >> bit & 1:
            product ^= 0x25 << (bit - 5)
    return product


def recovery_code(secret):
    number = int.from_bytes(secret)
    symbols = [number >> 5 * (31 - index) & 31 for index in range(32)]
    groups = []
    for group in range(8):
        data = symbols[group * 4 : group * 4 + 4]
        check = group
        for symbol, weight in zip(data, (2, 4, 8, 16)):
            check ^= times(symbol, weight)
        groups.append("".join(CROCKFORD[symbol] for symbol in [*data, check]))
    return "-".join(groups)


def parameters(**members):
    return json.dumps(members, separators=(",", ":"), sort_keys=True)


operator, compartment = X25519PrivateKey.generate(), X25519PrivateKey.generate()
salt, code_salt, code = os.urandom(16), os.urandom(32), os.urandom(20)
passphrase_key = Argon2id(salt=salt, length=32, iterations=3, lanes=4, memory_cost=65536).derive(PASSPHRASE.encode())
code_key = HKDF(hashes.SHA256(), 32, code_salt, b"keyward-vault-1 recovery code").derive(code)
sealing_key, data_key = os.urandom(32), os.urandom(32)
pkcs8 = ec.generate_private_key(ec.SECP256R1()).private_bytes(
    serialization.Encoding.DER, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
)
raw = operator.private_bytes_raw()

print(
    json.dumps(
        {
            "passphrase": PASSPHRASE,
            "recoveryCode": recovery_code(code),
            "operator": {"id": OPERATOR, "publicKey": operator.public_key().public_bytes_raw().hex()},
            "passphraseOpening": {
                "parameters": parameters(algorithm="argon2id", lanes=4, memoryKiB=65536, passes=3, salt=salt.hex()),
                "sealed": gcm(passphrase_key, raw, binding("operator-key", "passphrase", OPERATOR)).hex(),
            },
            "recoveryOpening": {
                "parameters": parameters(algorithm="hkdf-sha256", salt=code_salt.hex()),
                "sealed": gcm(code_key, raw, binding("operator-key", "recovery-code", OPERATOR)).hex(),
            },
            "compartmentPublicKey": compartment.public_key().public_bytes_raw().hex(),
            "grant": seal_hpke(operator.public_key(), compartment.private_bytes_raw(), binding("grant", "people", OPERATOR)),
            "sealingKey": {
                "id": SEALING_KEY,
                **seal_hpke(compartment.public_key(), sealing_key, binding("sealing-key", "people", SEALING_KEY)),
            },
            "sealedKey": {
                "keyId": KEY,
                "sealed": gcm(data_key, pkcs8, binding("private-key", KEY)).hex(),
                "wrapped": gcm(sealing_key, data_key, binding("data-key", KEY, SEALING_KEY)).hex(),
            },
            "pkcs8": pkcs8.hex(),
        },
        indent=2,
        ensure_ascii=False,
    )
)
