import type { Db } from '../db/connect.ts'

/** The subject of the acts by which the form of a consultation was switched; undefined: none was. */
export async function formOf(db: Db, consultation: string): Promise<number | undefined> {
  const row = await db
    .selectFrom('form')
    .select('id')
    .where('consultation', '=', consultation)
    .executeTakeFirst()
  return row?.id
}

export async function setFormIsOn(db: Db, consultation: number, isOn: boolean): Promise<void> {
  await db
    .updateTable('consultation')
    .set({ formIsOn: isOn })
    .where('id', '=', consultation)
    .execute()
}
