import { z } from 'zod'

const text = z.string().max(16_000)

const credential = {
  id: z.string().max(2000),
  rawId: z.string().max(2000),
  type: z.literal('public-key'),
  clientExtensionResults: z.looseObject({}),
}

/** What `PublicKeyCredential.toJSON()` tells of a passkey that is used. */
export const UsedPasskey = z.looseObject({
  ...credential,
  response: z.looseObject({ clientDataJSON: text, authenticatorData: text, signature: text }),
})

/** And of one that was made. */
export const MadePasskey = z.looseObject({
  ...credential,
  response: z.looseObject({ clientDataJSON: text, attestationObject: text }),
})
