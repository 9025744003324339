import { expect, test } from 'vitest'
import { isGuessable } from '../../../server/accounts/guessable.ts'

const person = ['Inês Cardoso', 'ines.cardoso@example.org']

test.each([
  ...[
    'password1234',
    'P@ssw0rd!2026',
    'Passwort12345',
    'qwertyuiop12',
    'qwerty123456',
    'letmein12345',
  ],
  ...[
    'aaaaaaaaaaaa',
    '123456789012',
    'abcdefghijkl',
    'iloveyou!!!!',
    'adminadminadmin',
    'Welcome2026!!',
  ],
  ...[
    'correcthorsebatterystaple',
    'clerestory2026',
    'ines.cardoso',
    'Cardoso-2026!',
    '!!Inês!!Inês',
    'woaini520520',
  ],
  ...[
    'passwordpassword',
    'SummerSummer2026',
    '000000000000',
    'zzzzyyyyxxxx',
    'secret-secret-secret',
    '密码密码password1',
  ],
])('%s is guessable', (password) => expect(isGuessable(password, person)).toBe(true))

test.each([
  ...[
    'tide tables and lanterns',
    'violet gutter mosaic',
    'kQ7vTz2mWx9f',
    'Regenschirm am Hafen',
    '旧城的路灯坏了九盏没有人来修',
  ],
  ...['my password is a long walk home', 'brass owl under the pier', 'x7!Lm2#vQ9$tRb'],
])('%s is not', (password) => expect(isGuessable(password, person)).toBe(false))
