import { type Kysely, sql } from 'kysely'
import { type Migration, Migrator } from 'kysely/migration'
import * as engine from './migrations/0001-engine.ts'
import * as audit from './migrations/0002-audit.ts'
import * as policyFrom from './migrations/0003-policy-from.ts'
import * as adminKey from './migrations/0004-admin-key.ts'
import * as definition from './migrations/0005-definition.ts'
import * as publication from './migrations/0006-publication.ts'
import * as explorer from './migrations/0007-explorer.ts'
import * as boundary from './migrations/0008-boundary.ts'
import * as accounts from './migrations/0009-accounts.ts'
import * as acts from './migrations/0010-acts.ts'
import * as evidence from './migrations/0011-evidence.ts'
import * as flags from './migrations/0012-flags.ts'
import * as suggestions from './migrations/0013-suggestions.ts'
import * as personalRead from './migrations/0014-personal-read.ts'
import * as withholding from './migrations/0015-withholding.ts'
import * as ledger from './migrations/0016-ledger.ts'
import * as consultations from './migrations/0017-consultations.ts'
import * as withheldFiles from './migrations/0018-withheld-files.ts'
import * as storedTokens from './migrations/0019-stored-tokens.ts'
import * as ledgerOfScreens from './migrations/0020-ledger-of-screens.ts'
import * as polls from './migrations/0021-polls.ts'
import * as groupsAndDrafts from './migrations/0022-groups-and-drafts.ts'
import * as replies from './migrations/0023-replies.ts'
import * as formsAndModeration from './migrations/0024-forms-and-moderation.ts'
import * as evidenceTexts from './migrations/0025-evidence-texts.ts'
import * as addedStatements from './migrations/0026-added-statements.ts'
import * as accountActs from './migrations/0027-account-acts.ts'
import * as signOuts from './migrations/0028-sign-outs.ts'
import * as chosenNames from './migrations/0029-chosen-names.ts'
import * as ownChannel from './migrations/0030-own-channel.ts'
import * as definitionTexts from './migrations/0031-definition-texts.ts'
import * as corrections from './migrations/0032-corrections.ts'
import * as unread from './migrations/0033-unread.ts'
import * as accountEvents from './migrations/0034-account-events.ts'
import * as contacts from './migrations/0035-contacts.ts'
import * as daysOfComments from './migrations/0036-days-of-comments.ts'
import * as savedViews from './migrations/0037-saved-views.ts'
import * as groupedVersions from './migrations/0038-grouped-versions.ts'
import { namePublicNouns } from './public-nouns.ts'
import { requireSupportedVersion } from './server-version.ts'

/** Listed by hand so that the order is visible. Forward only: there is no way down. */
const migrations: Record<string, Migration> = {
  '0001-engine': engine,
  '0002-audit': audit,
  '0003-policy-from': policyFrom,
  '0004-admin-key': adminKey,
  '0005-definition': definition,
  '0006-publication': publication,
  '0007-explorer': explorer,
  '0008-boundary': boundary,
  '0009-accounts': accounts,
  '0010-acts': acts,
  '0011-evidence': evidence,
  '0012-flags': flags,
  '0013-suggestions': suggestions,
  '0014-personal-read': personalRead,
  '0015-withholding': withholding,
  '0016-ledger': ledger,
  '0017-consultations': consultations,
  '0018-withheld-files': withheldFiles,
  '0019-stored-tokens': storedTokens,
  '0020-ledger-of-screens': ledgerOfScreens,
  '0021-polls': polls,
  '0022-groups-and-drafts': groupsAndDrafts,
  '0023-replies': replies,
  '0024-forms-and-moderation': formsAndModeration,
  '0025-evidence-texts': evidenceTexts,
  '0026-added-statements': addedStatements,
  '0027-account-acts': accountActs,
  '0028-sign-outs': signOuts,
  '0029-chosen-names': chosenNames,
  '0030-own-channel': ownChannel,
  '0031-definition-texts': definitionTexts,
  '0032-corrections': corrections,
  '0033-unread': unread,
  '0034-account-events': accountEvents,
  '0035-contacts': contacts,
  '0036-days-of-comments': daysOfComments,
  '0037-saved-views': savedViews,
  '0038-grouped-versions': groupedVersions,
}

/** Any number of processes may do this at once: Kysely's migrator takes an advisory lock. */
export async function migrate(db: Kysely<any>): Promise<void> {
  await requireSupportedVersion(db)
  await refuseNewerDatabase(db)
  const migrator = new Migrator({ db, provider: { getMigrations: async () => migrations } })
  const { error } = await migrator.migrateToLatest()
  if (error) throw error
  await namePublicNouns(db)
}

async function refuseNewerDatabase(db: Kysely<any>): Promise<void> {
  const unknown = (await appliedMigrations(db)).find((name) => !(name in migrations))
  if (unknown === undefined) return
  throw new Error(
    `The database is newer than this Clerestory: it has the migration ${unknown}, which this version does not know. Start the newer version.`,
  )
}

async function appliedMigrations(db: Kysely<any>): Promise<string[]> {
  const { rows: found } = await sql`
    select 1 from pg_catalog.pg_class where oid = to_regclass('kysely_migration')
  `.execute(db)
  if (found.length === 0) return []
  const { rows } = await sql<{ name: string }>`
    select name from kysely_migration order by name
  `.execute(db)
  return rows.map((row) => row.name)
}
