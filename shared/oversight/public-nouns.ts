/**
 * Nouns whose acts are everybody's to read: they stand in the ledger as they are, all others as their hash. The
 * one list; the database has it from here (`server/db/public-nouns.ts`). What is once on it stays.
 */
export const publicNouns = [
  'appointment',
  'flag',
  'suggestion',
  'withholding',
  'confirmation',
  'reply',
  'form',
  'ruling',
  'moderation',
  'account',
  'correction',
] as const
