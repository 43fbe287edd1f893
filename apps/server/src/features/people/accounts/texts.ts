/**
 * The texts of mails about accounts, in both languages. `{name}` is the person, `{site}` the name of the
 * server.
 */
import type { Locale } from '../../../core/faults.ts'

type Text = { subject: string; paragraphs: readonly string[]; label?: string }

const ignore = {
  en: 'If this was not you, you need not do anything.',
  de: 'Wenn Sie das nicht waren, müssen Sie nichts tun.',
}
const alarm = {
  en: 'If this was not you, please set a new password and tell your administrators.',
  de: 'Wenn Sie das nicht waren, setzen Sie bitte ein neues Passwort und sagen Sie es Ihrer Administration.',
}

export const texts = {
  welcome: {
    en: {
      subject: 'Welcome to {site}',
      paragraphs: ['Hello {name},', 'your account on {site} is ready.'],
      label: 'Open {site}',
    },
    de: {
      subject: 'Willkommen bei {site}',
      paragraphs: ['Guten Tag {name},', 'Ihr Konto bei {site} ist eingerichtet.'],
      label: '{site} öffnen',
    },
  },
  verify: {
    en: {
      subject: 'Confirm your e-mail address for {site}',
      paragraphs: [
        'Hello {name},',
        'please confirm that this e-mail address is yours. The link works once, for 24 hours.',
        ignore.en,
      ],
      label: 'Confirm the address',
    },
    de: {
      subject: 'Ihre E-Mail-Adresse für {site} bestätigen',
      paragraphs: [
        'Guten Tag {name},',
        'bitte bestätigen Sie, dass diese E-Mail-Adresse Ihre ist. Der Link gilt einmal, 24 Stunden lang.',
        ignore.de,
      ],
      label: 'Adresse bestätigen',
    },
  },
  reset: {
    en: {
      subject: 'Set a new password for {site}',
      paragraphs: [
        'Hello {name},',
        'somebody asked to set a new password for your account. The link works once, for 24 hours.',
        ignore.en,
      ],
      label: 'Set a new password',
    },
    de: {
      subject: 'Neues Passwort für {site} setzen',
      paragraphs: [
        'Guten Tag {name},',
        'jemand möchte ein neues Passwort für Ihr Konto setzen. Der Link gilt einmal, 24 Stunden lang.',
        ignore.de,
      ],
      label: 'Neues Passwort setzen',
    },
  },
  passwordChanged: {
    en: {
      subject: 'Your password for {site} was changed',
      paragraphs: ['Hello {name},', 'your password was changed.', alarm.en],
    },
    de: {
      subject: 'Ihr Passwort für {site} wurde geändert',
      paragraphs: ['Guten Tag {name},', 'Ihr Passwort wurde geändert.', alarm.de],
    },
  },
  wayChanged: {
    en: {
      subject: 'You sign in to {site} in another way now',
      paragraphs: [
        'Hello {name},',
        'your account signs in in another way now, and its earlier sessions have ended.',
        'If this was not you, please tell your administrators at once.',
      ],
    },
    de: {
      subject: 'Sie melden sich bei {site} jetzt auf einem anderen Weg an',
      paragraphs: [
        'Guten Tag {name},',
        'Ihr Konto meldet sich jetzt auf einem anderen Weg an, und seine bisherigen Sitzungen sind beendet.',
        'Wenn Sie das nicht waren, sagen Sie es bitte sofort Ihrer Administration.',
      ],
    },
  },
  emailChanged: {
    en: {
      subject: 'Your e-mail address for {site} was changed',
      paragraphs: ['Hello {name},', 'the e-mail address of your account is {detail} now.', alarm.en],
    },
    de: {
      subject: 'Ihre E-Mail-Adresse für {site} wurde geändert',
      paragraphs: ['Guten Tag {name},', 'die E-Mail-Adresse Ihres Kontos ist jetzt {detail}.', alarm.de],
    },
  },
  emailWanted: {
    en: {
      subject: 'Your e-mail address for {site} is to be changed',
      paragraphs: [
        'Hello {name},',
        'the e-mail address of your account becomes {detail} as soon as it is confirmed there.',
        alarm.en,
      ],
    },
    de: {
      subject: 'Ihre E-Mail-Adresse für {site} soll geändert werden',
      paragraphs: [
        'Guten Tag {name},',
        'die E-Mail-Adresse Ihres Kontos wird {detail}, sobald das dort bestätigt ist.',
        alarm.de,
      ],
    },
  },
  usernameChanged: {
    en: {
      subject: 'Your username for {site} was changed',
      paragraphs: ['Hello {name},', 'your username is {detail} now.', alarm.en],
    },
    de: {
      subject: 'Ihr Benutzername für {site} wurde geändert',
      paragraphs: ['Guten Tag {name},', 'Ihr Benutzername ist jetzt {detail}.', alarm.de],
    },
  },
  factorOn: {
    en: {
      subject: 'A second factor guards your account on {site}',
      paragraphs: ['Hello {name},', 'from now on signing in needs a code of your app, too.', alarm.en],
    },
    de: {
      subject: 'Ein zweiter Faktor schützt Ihr Konto bei {site}',
      paragraphs: [
        'Guten Tag {name},',
        'zum Anmelden brauchen Sie jetzt auch einen Code Ihrer App.',
        alarm.de,
      ],
    },
  },
  factorOff: {
    en: {
      subject: 'The second factor of your account on {site} is off',
      paragraphs: ['Hello {name},', 'signing in needs only your password from now on.', alarm.en],
    },
    de: {
      subject: 'Der zweite Faktor Ihres Kontos bei {site} ist abgeschaltet',
      paragraphs: ['Guten Tag {name},', 'zum Anmelden genügt jetzt Ihr Passwort.', alarm.de],
    },
  },
  tokenMade: {
    en: {
      subject: 'A personal access token for {site} was made',
      paragraphs: ['Hello {name},', 'your account has a new personal access token: {detail}.', alarm.en],
    },
    de: {
      subject: 'Ein persönliches Zugriffstoken für {site} wurde angelegt',
      paragraphs: [
        'Guten Tag {name},',
        'Ihr Konto hat ein neues persönliches Zugriffstoken: {detail}.',
        alarm.de,
      ],
    },
  },
  tokenMadeByOther: {
    en: {
      subject: 'A personal access token for {site} was made for you',
      paragraphs: [
        'Hello {name},',
        'an administrator made a personal access token that acts as you: {detail}.',
        'If you do not know of it, please ask your administrators.',
      ],
    },
    de: {
      subject: 'Ein persönliches Zugriffstoken für {site} wurde für Sie angelegt',
      paragraphs: [
        'Guten Tag {name},',
        'die Administration hat ein persönliches Zugriffstoken angelegt, das in Ihrem Namen handelt: {detail}.',
        'Wenn Sie davon nichts wissen, fragen Sie bitte bei Ihrer Administration nach.',
      ],
    },
  },
  deactivated: {
    en: {
      subject: 'Your account on {site} was deactivated',
      paragraphs: [
        'Hello {name},',
        'your account was deactivated. Your administrators can activate it again.',
      ],
    },
    de: {
      subject: 'Ihr Konto bei {site} wurde deaktiviert',
      paragraphs: [
        'Guten Tag {name},',
        'Ihr Konto wurde deaktiviert. Ihre Administration kann es wieder aktivieren.',
      ],
    },
  },
} as const satisfies Record<string, Record<Locale, Text>>

export type TextName = keyof typeof texts
