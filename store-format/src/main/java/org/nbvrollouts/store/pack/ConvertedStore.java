package org.nbvrollouts.store.pack;

import java.nio.file.Path;

/**
 * A store that was written in another layout and read back.
 *
 * @param place the archive or folder that was written
 * @param files its files, sidecars apart
 * @param bytes their bytes
 * @param dataSha256 seal of its data, the same as before
 */
public record ConvertedStore(Path place, int files, long bytes, String dataSha256) {}
