/** What settings would look like on paper, before anybody saves them. */
import {
  previewSettings,
  settingContents,
  type InvoiceContent,
  type SettingContents,
  type SettingKind,
} from '#contract/billing'
import { dayOf } from '#platform/server/clock.ts'
import { handle, WrongField, type Handler } from '#platform/server/requests.ts'
import { contentOf, type Drafted } from '../issuing/contents.ts'
import { sayingIn } from '../issuing/mentions.ts'
import { nextOf } from '../issuing/series.ts'
import type { Parts } from '../parts.ts'
import { drawn, paper } from '../pdf/showing.ts'
import { mainCompany, settingsOn } from './in-force.ts'

export const previewingSettings = (parts: Parts): Handler =>
  handle(previewSettings, async ({ db, clock, request: { language } }, { query }) => {
    const companyId = query.company ?? (await mainCompany(db)).id
    const issuedOn = query.day ?? dayOf(clock.now())
    const settings = await settingsOn(db, companyId, issuedOn)
    const meant = { ...settings, ...wished(query, settings.appearance) }
    const say = sayingIn(parts.sentences, language)
    const content = contentOf(
      sampleDraft(meant.vat, say('billing.settings.sample.line')),
      meant,
      { buyer: buyers[query.audience], paymentDays: null, paymentMeans: null, language },
      { number: nextOf(undefined, 'invoice', issuedOn, meant.numbering).number, issuedOn, say },
    )
    return paper(await drawn(parts, content, 'draft', query.as), {
      as: query.as,
      how: 'inline',
      name: 'apercu-reglages',
    })
  })

/** @throws WrongField when the content is none of its kind */
function wished(
  {
    kind,
    content,
    ...picture
  }: { kind?: SettingKind | undefined; content?: string | undefined } & LogoWished,
  inForce: SettingContents['appearance'] | null,
): Partial<SettingContents> {
  if (kind === undefined || content === undefined) return {}
  const read = settingContents[kind].safeParse(parsed(content))
  if (!read.success) throw new WrongField('query', 'content', 'unreadable')
  return { [kind]: kind === 'appearance' ? { ...read.data, logo: logoOf(picture, inForce) } : read.data }
}

function logoOf(wanted: LogoWished, inForce: SettingContents['appearance'] | null): Logo | null {
  if (wanted.logo === 'space') return space(wanted)
  return wanted.logo === 'kept' ? (inForce?.logo ?? null) : null
}

type Logo = NonNullable<SettingContents['appearance']['logo']>
type LogoWished = {
  logo: 'kept' | 'none' | 'space'
  logoWidth?: number | undefined
  logoHeight?: number | undefined
}

/** As wide and as high as the picture that will stand there. */
function space({ logoWidth: width = 1, logoHeight: height = 1 }: LogoWished): Logo {
  const drawn = `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}"><path fill="#e5e5e5" d="M0 0h${width}v${height}H0z"/></svg>`
  return { mediaType: 'image/svg+xml', base64: Buffer.from(drawn).toString('base64') }
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    throw new WrongField('query', 'content', 'unreadable')
  }
}

/** The reference case: one month at 24,17 € and 20 %. */
function sampleDraft(vat: SettingContents['vat'] | null, description: string): Drafted {
  const vatBasisPoints = vat?.regime === 'normal' || vat === null ? (vat?.defaultBasisPoints ?? 2_000) : 0
  return {
    typeCode: 380,
    original: null,
    mandate: null,
    wantedOn: null,
    suppliedOn: null,
    period: null,
    paymentDays: null,
    paymentMeans: 'transfer',
    discount: { basisPoints: 0, cents: 0, label: '' },
    orderReference: '',
    note: '',
    lines: [
      {
        description,
        quantity: '1',
        unit: 'MON',
        unitPriceCents: 2_417,
        discountBasisPoints: 0,
        discountCents: 0,
        vatCategory: vatBasisPoints === 0 ? 'E' : 'S',
        vatBasisPoints,
        vatExemption: null,
        period: null,
      },
    ],
  }
}

const buyer = {
  clientId: '00000000-0000-7000-8000-000000000000',
  vatNumber: null,
  address: { lines: ['3 place de la République'], postcode: '57000', city: 'Metz', country: 'FR' },
}
const buyers: Record<'business' | 'private', InvoiceContent['buyer']> = {
  business: {
    ...buyer,
    audience: 'business',
    name: 'Cabinet Martin',
    siren: '918273640',
    siret: null,
    email: 'cabinet.martin@example.com',
    electronicAddress: { scheme: '0225', value: '918273640' },
  },
  private: {
    ...buyer,
    audience: 'private',
    name: 'Anne Martin',
    siren: null,
    siret: null,
    email: 'anne.martin@example.com',
    electronicAddress: null,
  },
}
