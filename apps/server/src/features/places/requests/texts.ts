/**
 * What people are told about requests and teams, in both languages. `{person}` is who acted, `{team}` the name
 * of the team, `{site}` that of the server, `{reason}` what somebody wrote.
 */
import type { Locale } from '../../../core/faults.ts'

type Text = { subject: string; paragraphs: readonly string[]; label: string }

export type Kind =
  | 'endorse'
  | 'own'
  | 'decide'
  | 'endorsed'
  | 'approved'
  | 'refused'
  | 'withdrawn'
  | 'lapsed'
  | 'review'
  | 'unneeded'
  | 'owner'

const en: Record<Kind, Text> = {
  endorse: {
    subject: '{person} asks for the team {team}: your endorsement',
    paragraphs: [
      '{person} asks for the team {team} on {site} and needs your endorsement.',
      'Nothing happens until you press a button on the page of the request.',
    ],
    label: 'Look at the request',
  },
  own: {
    subject: '{person} asks for the team {team}',
    paragraphs: ['{person} asks for the team {team} on {site} and names you as one of its owners.'],
    label: 'Look at the request',
  },
  decide: {
    subject: 'The team {team} waits for your decision',
    paragraphs: ['The request for the team {team} on {site} waits for the decision of an administrator.'],
    label: 'Look at the request',
  },
  endorsed: {
    subject: 'The team {team} is endorsed',
    paragraphs: ['{person} has endorsed the team {team}. Now the administrators of {site} decide.'],
    label: 'Look at the request',
  },
  approved: {
    subject: 'The team {team} is there',
    paragraphs: ['{person} has approved the team {team} on {site}. It is there, and its owners can start.'],
    label: 'Look at the request',
  },
  refused: {
    subject: 'The team {team} was refused',
    paragraphs: ['{person} has refused the team {team} on {site}. The reason: {reason}'],
    label: 'Look at the request',
  },
  withdrawn: {
    subject: 'The request for the team {team} was withdrawn',
    paragraphs: ['{person} has withdrawn the request for the team {team} on {site}.'],
    label: 'Look at the request',
  },
  lapsed: {
    subject: 'The request for the team {team} has lapsed',
    paragraphs: [
      'Nobody has done anything about the request for the team {team} on {site} for a month.',
      'So it has lapsed. You can ask again.',
    ],
    label: 'Look at the request',
  },
  review: {
    subject: 'Is the team {team} still needed?',
    paragraphs: [
      'You own the team {team} on {site}. From time to time its owners are asked: is it still needed?',
      'One answer is enough. Nothing is deleted by it.',
    ],
    label: 'Answer',
  },
  unneeded: {
    subject: 'The team {team} is no longer needed',
    paragraphs: [
      '{person} says that the team {team} on {site} is no longer needed.',
      'Its owners and administrators can archive it.',
    ],
    label: 'Open the requests',
  },
  owner: {
    subject: 'You own the team {team} now',
    paragraphs: [
      '{person} has made you an owner of the team {team} on {site}, because it had none any more.',
    ],
    label: 'Open the requests',
  },
}

const de: Record<Kind, Text> = {
  endorse: {
    subject: '{person} beantragt das Team {team}: Ihre Befürwortung',
    paragraphs: [
      '{person} beantragt auf {site} das Team {team} und braucht Ihre Befürwortung.',
      'Es geschieht nichts, bevor Sie auf der Seite des Antrags einen Knopf drücken.',
    ],
    label: 'Antrag ansehen',
  },
  own: {
    subject: '{person} beantragt das Team {team}',
    paragraphs: [
      '{person} beantragt auf {site} das Team {team} und nennt Sie als eine der Personen, denen es gehören soll.',
    ],
    label: 'Antrag ansehen',
  },
  decide: {
    subject: 'Das Team {team} wartet auf Ihre Entscheidung',
    paragraphs: ['Der Antrag auf das Team {team} auf {site} wartet auf die Entscheidung der Administration.'],
    label: 'Antrag ansehen',
  },
  endorsed: {
    subject: 'Das Team {team} ist befürwortet',
    paragraphs: [
      '{person} hat das Team {team} befürwortet. Jetzt entscheidet die Administration von {site}.',
    ],
    label: 'Antrag ansehen',
  },
  approved: {
    subject: 'Das Team {team} ist da',
    paragraphs: [
      '{person} hat das Team {team} auf {site} genehmigt. Es ist da, und die, denen es gehört, können anfangen.',
    ],
    label: 'Antrag ansehen',
  },
  refused: {
    subject: 'Das Team {team} ist abgelehnt',
    paragraphs: ['{person} hat das Team {team} auf {site} abgelehnt. Der Grund: {reason}'],
    label: 'Antrag ansehen',
  },
  withdrawn: {
    subject: 'Der Antrag auf das Team {team} ist zurückgezogen',
    paragraphs: ['{person} hat den Antrag auf das Team {team} auf {site} zurückgezogen.'],
    label: 'Antrag ansehen',
  },
  lapsed: {
    subject: 'Der Antrag auf das Team {team} ist verfallen',
    paragraphs: [
      'Einen Monat lang hat niemand etwas zum Antrag auf das Team {team} auf {site} getan.',
      'Deshalb ist er verfallen. Sie können ihn neu stellen.',
    ],
    label: 'Antrag ansehen',
  },
  review: {
    subject: 'Wird das Team {team} noch gebraucht?',
    paragraphs: [
      'Ihnen gehört auf {site} das Team {team}. Von Zeit zu Zeit wird gefragt: Wird es noch gebraucht?',
      'Eine Antwort genügt. Gelöscht wird dadurch nichts.',
    ],
    label: 'Antworten',
  },
  unneeded: {
    subject: 'Das Team {team} wird nicht mehr gebraucht',
    paragraphs: [
      '{person} sagt, dass das Team {team} auf {site} nicht mehr gebraucht wird.',
      'Archivieren können es die, denen es gehört, und die Administration.',
    ],
    label: 'Anträge öffnen',
  },
  owner: {
    subject: 'Das Team {team} gehört jetzt Ihnen',
    paragraphs: ['{person} hat Ihnen auf {site} das Team {team} übergeben, weil es niemandem mehr gehörte.'],
    label: 'Anträge öffnen',
  },
}

export const texts: Record<Locale, Record<Kind, Text>> = { en, de }
