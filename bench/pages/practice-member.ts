/** A practitioner of a demonstration practice: what their browser is signed in with, and what there is to look at. */
import type { BrowserContext } from '@playwright/test'
import { listNotes } from '#contract/notes'
import { listPatients } from '#contract/patients'
import { callFrom, enterDemonstrationPractice } from '../../tests/e2e/run/members.ts'
import type { Site } from './demonstration-site.ts'

export type PracticeMember = {
  cookies: Awaited<ReturnType<BrowserContext['cookies']>>
  /** Addresses of one patient and of one note. */
  patient: string
  note: string
}

/** Signed in by a browser: Node does not know `app.localhost`. */
export async function practiceMember({ practiceUrl, freshBrowser }: Site): Promise<PracticeMember> {
  const browser = await freshBrowser()
  try {
    const page = await browser.newPage()
    await enterDemonstrationPractice(page, practiceUrl)
    const [patients, notes] = [await callFrom(page, listPatients), await callFrom(page, listNotes)]
    const [patient, note] = [patients.rows[0], notes.rows[0]]
    if (!patient || !note) throw new Error('the demonstration practice has no patient or no note')
    return {
      cookies: await browser.cookies(),
      patient: `/patients/${patient.id}`,
      note: `/notes/${note.id}`,
    }
  } finally {
    await browser.close()
  }
}
