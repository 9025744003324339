import { Refused } from '../api/ask.ts'
import { ask } from './ask.ts'

export const knowsPasskeys = (): boolean =>
  typeof PublicKeyCredential === 'function' &&
  typeof PublicKeyCredential.parseCreationOptionsFromJSON === 'function'

/** Signs in with a passkey that this browser or a phone nearby holds. */
export async function signInByPasskey(): Promise<void> {
  const options = await ask<PublicKeyCredentialRequestOptionsJSON>('/sign-in/passkey/options', {})
  const publicKey = PublicKeyCredential.parseRequestOptionsFromJSON(options)
  const response = await done(navigator.credentials.get({ publicKey }))
  await ask('/sign-in/passkey', { response })
}

/** Makes one: `place` is the route whose options are asked for, `known` what those are asked with. */
export async function makePasskey(place: string, known: object): Promise<void> {
  const options = await ask<PublicKeyCredentialCreationOptionsJSON>(`${place}/options`, known)
  const publicKey = PublicKeyCredential.parseCreationOptionsFromJSON(options)
  const response = await done(navigator.credentials.create({ publicKey }))
  await ask(place, { response })
}

async function done(asked: Promise<Credential | null>): Promise<unknown> {
  const credential = await asked.catch(() => null)
  // Whoever closes the browser's dialogue has done nothing wrong.
  if (!(credential instanceof PublicKeyCredential))
    throw new Refused(400, { code: 'passkey.unused' })
  return credential.toJSON()
}
