/**
 * Archives of stored members: the one form of ZIP that packed stores use (specification store,
 * packed layout). {@link org.nbvrollouts.store.zip.ZipArchive} reads, {@link
 * org.nbvrollouts.store.zip.ZipArchiveWriter} writes; neither knows what the members are.
 */
package org.nbvrollouts.store.zip;
