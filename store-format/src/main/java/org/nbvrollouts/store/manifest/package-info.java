/**
 * The plan of a campaign and the small files that tell what became of it: shard manifest, campaign
 * header, owner, success and failure sidecars (specification campaign 3 to 6). Entry class: {@link
 * org.nbvrollouts.store.manifest.ShardManifestParser}.
 */
package org.nbvrollouts.store.manifest;
