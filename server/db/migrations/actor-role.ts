import { type Kysely, sql } from 'kysely'

interface Found {
  user: string
  isThere: boolean
  isOurs: boolean
}

/**
 * The role under which acts of people are written: it owns nothing and is no superuser, so that row-level
 * security holds for it. Throws with what an administrator must run where this user may not make it.
 */
export async function prepareActorRole(db: Kysely<never>): Promise<void> {
  const found = await findRole(db)
  if (found.isOurs) return
  try {
    if (!found.isThere) await createRole(db)
    await sql.raw(grantTo(found.user)).execute(db)
  } catch (error) {
    throw new Error(whatToRun(found), { cause: error })
  }
}

async function findRole(db: Kysely<never>): Promise<Found> {
  const { rows } = await sql<Found>`
    select quote_ident(current_user) as "user",
      exists (select from pg_roles where rolname = 'clerestory_actor') as "isThere",
      exists (select from pg_roles where rolname = 'clerestory_actor'
        and pg_has_role(current_user, oid, 'set')) as "isOurs"
  `.execute(db)
  return rows[0]!
}

/** Roles are of the whole cluster: another database may make it at the same moment. */
async function createRole(db: Kysely<never>): Promise<void> {
  await sql
    .raw(
      `do $$ begin create role clerestory_actor nologin;
       exception when duplicate_object or unique_violation then null; end $$`,
    )
    .execute(db)
}

const grantTo = (user: string): string =>
  `grant clerestory_actor to ${user} with inherit false, set true`

function whatToRun({ user, isThere }: Found): string {
  const steps = isThere ? [] : ['create role clerestory_actor nologin;']
  return [
    'This database user may not make the role under which acts are written. As an administrator run:',
    ...[...steps, `${grantTo(user)};`].map((step) => `  ${step}`),
    'Then start again.',
  ].join('\n')
}
