import type { PasskeyOptions } from '@better-auth/passkey'
import { APIError, getSessionFromCtx } from 'better-auth/api'
import { accept } from './accept.ts'
import type { AuthParts } from './auth.ts'
import { invitedBy } from './invitation-queries.ts'

type Registration = NonNullable<PasskeyOptions['registration']>
type Authentication = NonNullable<PasskeyOptions['authentication']>

/**
 * A passkey is made by who is signed in, or by who holds an invitation, whose hash is the ceremony's
 * context. The invitation is used up when the passkey has been verified, not before.
 */
export function registration({ db, onFirst }: AuthParts): Registration {
  return {
    requireSession: false,
    async resolveUser({ context }) {
      const person = context && (await invitedBy(db, Buffer.from(context, 'hex')))
      if (!person) throw new APIError('GONE')
      return { id: person.id, name: person.email, displayName: person.name }
    },
    async afterVerification({ ctx, verification, user, context }) {
      if (!verification.registrationInfo?.userVerified) throw new APIError('BAD_REQUEST')
      if (context) return { userId: await accepted(context) }
      const session = await getSessionFromCtx(ctx)
      if (session?.user.id !== user.id) throw new APIError('UNAUTHORIZED')
    },
  }

  async function accepted(context: string): Promise<string> {
    const personId = await accept(db, Buffer.from(context, 'hex'), { onFirst })
    if (personId === undefined) throw new APIError('GONE')
    return personId
  }
}

/** A passkey stands for both factors, so the device must have asked who holds it. */
export const requireVerified: NonNullable<Authentication['afterVerification']> = ({
  verification,
}) => {
  if (!verification.authenticationInfo.userVerified) throw new APIError('UNAUTHORIZED')
}
