/**
 * JSON as the store, the manifests and the sidecars use it: one value model, one parser, and
 * writers whose bytes are part of the contract (specification store 7.3 and appendix B, campaign
 * 2.2). Entry classes: {@link org.nbvrollouts.store.json.CanonicalJson} and {@link
 * org.nbvrollouts.store.json.JsonParser}.
 */
package org.nbvrollouts.store.json;
