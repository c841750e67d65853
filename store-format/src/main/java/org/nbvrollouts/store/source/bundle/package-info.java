/**
 * Scene bundles: plain folders with a mesh, a trajectory, boxes and optionally points, a camera and
 * settings, imported into rollout source v1 (design 4). Entry class: {@link
 * org.nbvrollouts.store.source.bundle.SceneBundleImporter}.
 */
package org.nbvrollouts.store.source.bundle;
