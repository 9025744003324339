import type { AccountConfig } from '../config.ts'
import type { Log } from '../log.ts'

interface Letter {
  name: string
  email: string
  language: string | null
  link: string
}

/** False: it could not be sent. */
export type Mail = (letter: Letter) => Promise<boolean>

interface Words {
  subject: string
  text: (name: string, link: string) => string
}

const en: Words = {
  subject: 'Your access to Clerestory',
  text: (name, link) => `${name},

you are invited to Clerestory. With this link you choose how you sign in. It works once, for 7 days:

${link}

If you did not expect this, do nothing and tell the secretariat.
`,
}

const zh: Words = {
  subject: '您的 Clerestory 访问权限',
  text: (name, link) => `${name}：

诚邀您使用 Clerestory。请通过以下链接选择您的登录方式。链接只能使用一次，7 天内有效：

${link}

如果您并未预期收到此邮件，请不要操作，并告知秘书处。
`,
}

/** Sends invitations; undefined where no server for e-mail is configured. */
export function openMail({ mail }: AccountConfig, log: Log): Mail | undefined {
  if (!mail) return undefined
  const { smtpUrl, from } = mail
  let opened: ReturnType<typeof openTransport> | undefined
  return async ({ name, email, language, link }) => {
    const transport = await (opened ??= openTransport(smtpUrl))
    const { subject, text } = language === 'zh' ? zh : en
    const sending = transport.sendMail({
      from,
      to: { name, address: email },
      subject,
      text: text(name, link),
      // Of two that are as long, it would take either.
      textEncoding: 'quoted-printable',
    })
    return sending.then(
      () => true,
      (error: unknown) => {
        log.warn(reasonOf(error), 'an invitation could not be sent by e-mail')
        return false
      },
    )
  }
}

/** What the server says of it may quote the address. */
function reasonOf(error: unknown) {
  const { code, responseCode } = error as { code?: string; responseCode?: number }
  return { code, responseCode }
}

/** What writes e-mails is loaded with the first. */
async function openTransport(smtpUrl: string) {
  const { default: nodemailer } = await import('nodemailer')
  return nodemailer.createTransport(smtpUrl)
}
