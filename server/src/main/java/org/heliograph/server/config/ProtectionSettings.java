package org.heliograph.server.config;

import java.nio.file.Path;
import java.util.List;

/** Signing, encrypting, verifying and decrypting. */
public record ProtectionSettings(
    @Key(says = "PKCS#12 file with this switch's keys.", mustExist = true) Path keys,
    @Key(says = "Its password.") Secret password,
    @Key(says = "PEM files of the trust anchors.", mustExist = true) List<Path> anchors,
    @Key(says = "PEM files with certificates of correspondents.", mustExist = true)
        List<Path> certificates) {}
