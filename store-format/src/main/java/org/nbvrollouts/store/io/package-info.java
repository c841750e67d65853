/**
 * Storage behind one small interface, so that commit and status read the same on a local disk, HDFS
 * and an object store. Entry class: {@link org.nbvrollouts.store.io.StoreIO}.
 */
package org.nbvrollouts.store.io;
