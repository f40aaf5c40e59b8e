/**
 * What a reminder says: practice, day, hour, place, and whom to call. Never the act or a profession: a message lies open on
 * a telephone that others pick up. In French, which is the only language a practice is known to share with its patients.
 */
import { plainSms, type Channel } from '#contract/reminders'
import { phoneShown } from '#platform/contract/phones.ts'
import { htmlOf } from '#platform/server/mail-html.ts'
import type { Sentences } from '#platform/server/sentences.ts'
import type { PracticeFacts } from './practice-queries.ts'

type House = Pick<PracticeFacts, 'name' | 'phone' | 'address' | 'postcode' | 'city'>
export type Place = 'office' | 'video' | 'phone' | 'home'
export type Appointed = { /** By the practice's clock. */ startsLocal: string; place: Place }

const language = 'fr'
const weekday = new Intl.DateTimeFormat('fr-FR', { weekday: 'long', timeZone: 'UTC' })
const longDay = new Intl.DateTimeFormat('fr-FR', { dateStyle: 'long', timeZone: 'UTC' })
const wholeDay = new Intl.DateTimeFormat('fr-FR', { dateStyle: 'full', timeZone: 'UTC' })

export function addressOfHouse({ address, postcode, city }: House): string {
  const town = [postcode, city].filter((part) => part !== '').join(' ')
  return [...address.split('\n'), town]
    .map((part) => part.trim())
    .filter((part) => part !== '')
    .join(', ')
}

export function reminderText(
  channel: Channel,
  { say }: Sentences,
  house: House,
  { startsLocal, place }: Appointed,
): { subject: string; body: string } {
  const day = new Date(`${startsLocal.slice(0, 10)}T00:00:00Z`)
  const values = {
    practice: house.name,
    phone: phoneShown(house.phone),
    hasPhone: house.phone === '' ? 'no' : 'yes',
    address: addressOfHouse(house),
    // Where nobody told the practice's address, a patient who comes there knows it.
    place: place === 'office' && addressOfHouse(house) === '' ? 'known' : place,
    // Without an accent for August and February: one sign outside the small alphabet doubles what an SMS costs.
    day: `${weekday.format(day)} ${startsLocal.slice(8, 10)}/${startsLocal.slice(5, 7)}`,
    wholeDay: wholeDay.format(day),
    time: startsLocal.slice(11),
  }
  const text = (key: string) => say(language, `reminders.text.${key}`, values)
  if (channel === 'sms') return { subject: '', body: plainSms(text('sms')) }
  return { subject: text('email.subject'), body: text('email.body') }
}

/** Whether a reminder that left says this day and hour: its appointment may have been moved since. */
export function saysWhen(channel: Channel, body: string, startsLocal: string): boolean {
  const day = new Date(`${startsLocal.slice(0, 10)}T00:00:00Z`)
  const said =
    channel === 'sms' ? `${startsLocal.slice(8, 10)}/${startsLocal.slice(5, 7)}` : longDay.format(day)
  return body.includes(said) && body.includes(startsLocal.slice(11))
}

/** What goes with a fee note: its number and day, no amount and no act. */
export function feeNoteText(
  { say }: Sentences,
  house: House,
  { number, issuedOn }: { number: string; issuedOn: string },
): { subject: string; body: string } {
  const values = {
    practice: house.name,
    number,
    day: new Intl.DateTimeFormat('fr-FR', { timeZone: 'UTC' }).format(new Date(`${issuedOn}T00:00:00Z`)),
  }
  return {
    subject: say(language, 'reminders.text.fee-note.subject', values),
    body: say(language, 'reminders.text.fee-note.body', values),
  }
}

/** An e-mail as a page: the practice's own words and name, nothing of ours but the frame. */
export function letterHtml(house: House, subject: string, body: string): string {
  return htmlOf({
    language,
    subject,
    before: body.split(/\n\s*\n/).filter((paragraph) => paragraph.trim() !== ''),
    action: null,
    after: [],
    frame: {
      product: house.name,
      link: '',
      footer: [house.name, addressOfHouse(house), phoneShown(house.phone)]
        .filter((part) => part !== '')
        .join(' · '),
    },
  })
}
