/** Nobody's: what comes in by this server's own forms comes from no source that could fall silent. */
export const OWN = 0
