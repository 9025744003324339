import { type Kysely, sql } from 'kysely'

const ofPerson = 'person_id text not null references person on delete cascade'

export async function up(db: Kysely<never>): Promise<void> {
  const run = (text: string) => sql.raw(text).execute(db)

  // Who somebody is. What they may do is an appointment's to say.
  await run(`
    create table person (
      id                 text        primary key,
      name               text        not null,
      email              text        not null unique check (email = lower(email)),
      email_verified     boolean     not null default false,
      image              text,
      two_factor_enabled boolean     default false,
      language           text,
      demo               text        unique,
      created_at         timestamptz not null default clock_timestamp(),
      updated_at         timestamptz not null default clock_timestamp()
    )`)

  // updated_at: when it was last used, to the half minute. way: how its person signed in.
  await run(`
    create table session (
      id         text        primary key,
      ${ofPerson},
      token      text        not null unique,
      way        text        not null,
      expires_at timestamptz not null,
      ip_address text,
      user_agent text,
      created_at timestamptz not null,
      updated_at timestamptz not null
    )`)

  // A password (provider 'credential') or an identity at the single sign-on.
  await run(`
    create table credential (
      id                       text        primary key,
      account_id               text        not null,
      provider_id              text        not null,
      ${ofPerson},
      access_token             text,
      refresh_token            text,
      id_token                 text,
      access_token_expires_at  timestamptz,
      refresh_token_expires_at timestamptz,
      scope                    text,
      password                 text,
      created_at               timestamptz not null default clock_timestamp(),
      updated_at               timestamptz not null default clock_timestamp(),
      unique (provider_id, account_id)
    )`)

  await run(`
    create table verification (
      id         text        primary key,
      identifier text        not null,
      value      text        not null,
      expires_at timestamptz not null,
      created_at timestamptz not null,
      updated_at timestamptz not null
    )`)
  await run(`create index verification_identifier on verification (identifier)`)

  await run(`
    create table passkey (
      id            text    primary key,
      name          text,
      public_key    text    not null,
      ${ofPerson},
      credential_id text    not null unique,
      counter       bigint  not null,
      device_type   text    not null,
      backed_up     boolean not null,
      transports    text,
      created_at    timestamptz,
      aaguid        text
    )`)

  await run(`
    create table two_factor (
      id                        text    primary key,
      secret                    text    not null,
      backup_codes              text    not null,
      person_id                 text    not null unique references person on delete cascade,
      verified                  boolean default true,
      failed_verification_count int     default 0,
      locked_until              timestamptz
    )`)

  // A code of an app counts once, though it is shown for half a minute and taken for longer.
  await run(`
    create table used_code (
      ${ofPerson},
      code      text        not null,
      at        timestamptz not null,
      primary key (person_id, code)
    )`)

  // Whoever has the token may make the first credential of this person. Of the first account the person is
  // not known before the link is opened.
  await run(`
    create table invitation (
      id         bigint      generated always as identity primary key,
      token_hash bytea       not null unique,
      person_id  text        references person on delete cascade,
      is_first   boolean     not null default false,
      made_by    text        references person,
      made_at    timestamptz not null default clock_timestamp(),
      expires_at timestamptz not null,
      used_at    timestamptz,
      check (is_first or person_id is not null)
    )`)
  for (const table of ['session', 'credential', 'passkey', 'invitation']) {
    await run(`create index ${table}_person on ${table} (person_id)`)
  }
  await run(`create unique index invitation_first on invitation (is_first) where is_first`)

  // Signs cookies and encrypts what authenticator apps share, where the operator has set no secret.
  await run(`
    create table account_secret (
      one    boolean primary key default true check (one),
      secret text    not null
    )`)
  await run(
    `insert into account_secret (secret)
     select encode(sha256((gen_random_uuid()::text || gen_random_uuid()::text)::bytea), 'hex')`,
  )
}
