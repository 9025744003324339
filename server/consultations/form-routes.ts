import express, { Router } from 'express'
import { z } from 'zod'
import { type PersonOf, requirePerson } from '../acts/asker.ts'
import { idempotencyKey } from '../acts/key.ts'
import { perform } from '../acts/perform.ts'
import type { Db } from '../db/connect.ts'
import { HttpError } from '../http/errors.ts'
import { parse } from '../http/parse.ts'
import { noteInJournal } from '../journal/note.ts'
import type { Terms } from '../live/terms.ts'
import { called } from './called.ts'
import { formNoun } from './form-noun.ts'
import { formOf, setFormIsOn } from './form-queries.ts'
import { placeOf } from '../dimensions/place.ts'

interface Parts {
  db: Db
  terms: () => Pick<Terms, 'directory'>
  /** The clock by which consultations open and close. */
  now: () => number
  personOf: PersonOf
}

const Switched = z.strictObject({ isOn: z.boolean('must be true or false') })

/**
 * For the secretariat, with an `Idempotency-Key`; 401 and 403 as acts are refused, 404 where there is none.
 * `POST /consultations/CODE/form` `{isOn}`: 201 `{act, isRepeated}`. The public form of the consultation is switched
 * on or off, whatever its source says of it before or after; 409 when it is so already, and once it has closed.
 */
export function formSwitchRoutes({ db, terms, now, personOf }: Parts): Router {
  const json = express.json({ limit: '1kb' })

  return Router().post('/consultations/:code/form', json, async (req, res) => {
    const { id: person } = await requirePerson(personOf, req)
    const key = idempotencyKey(req)
    const { isOn } = parse(Switched, req.body)
    const row = await called(db, String(req.params.code))
    const { act, isRepeated } = await perform(db, {
      person,
      key,
      noun: formNoun,
      id: await formOf(db, row.code),
      deed: {
        kind: 'form.switched',
        body: { ...placeOf(row, terms().directory), consultation: row.code, isOn },
        texts: {},
      },
      async also(trx) {
        if (now() >= row.closesAt) {
          throw new HttpError(409, 'The consultation has closed.', { code: 'consultation.closed' })
        }
        await setFormIsOn(trx, row.id, isOn)
        await noteInJournal(trx, 'members')
      },
    }).catch(asSwitched)
    res.status(201).json({ act, isRepeated })
  })
}

/** Two switched it for the first time at once. */
function asSwitched(error: unknown): never {
  const { code, constraint_name: constraint } = error as Record<string, unknown>
  if (code !== '23505' || constraint !== 'form_consultation_key') throw error
  throw new HttpError(409, 'Somebody was faster: look again.', { code: 'done-already' })
}
