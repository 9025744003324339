/** A newer policy was set after these decisions were made: nothing of them is written. */
export class PolicyChanged extends Error {}

/** Called at the end of a transaction, with the newest version as `appendToJournal` answered it. */
export function requireNewest(decidedBy: number, newest: number): void {
  if (decidedBy !== newest) {
    throw new PolicyChanged(`Decided by policy version ${decidedBy}; the newest is ${newest}.`)
  }
}
