/**
 * Looks into one store without changing it: plain rows with fixed columns, for people and for
 * programs (specification audits 1). Start with {@link org.nbvrollouts.store.audit.CandidateAudit};
 * every view opens an {@link org.nbvrollouts.store.audit.AuditStore} and answers with {@link
 * org.nbvrollouts.store.audit.AuditRows}.
 */
package org.nbvrollouts.store.audit;
