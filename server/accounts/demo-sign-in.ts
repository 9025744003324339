import type { BetterAuthPlugin } from 'better-auth'
import { APIError, createAuthEndpoint } from 'better-auth/api'
import { setSessionCookie } from 'better-auth/cookies'
import { z } from 'zod'
import type { AuthParts } from './auth.ts'
import { demoPeople } from './demo-people.ts'

/** Signs in as one of the demonstration's people, without a question; refused where there is no demonstration. */
export function demoSignIn({ demo }: Pick<AuthParts, 'demo'>) {
  return {
    id: 'demo',
    endpoints: {
      signInDemo: createAuthEndpoint(
        '/demo/sign-in',
        { method: 'POST', body: z.object({ who: z.string() }) },
        async (ctx) => {
          const { who } = ctx.body
          if (!demo || !demoPeople.some((one) => one.demo === who)) throw new APIError('NOT_FOUND')
          const { internalAdapter } = ctx.context
          const user = await internalAdapter.findUserById(`demo-${who}`)
          if (!user) throw new APIError('NOT_FOUND')
          const session = await internalAdapter.createSession(user.id)
          await setSessionCookie(ctx, { session, user })
          return ctx.json({})
        },
      ),
    },
  } satisfies BetterAuthPlugin
}
