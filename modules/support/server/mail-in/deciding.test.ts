import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { decide, mailsAnHour, type Decision, type Facts } from './deciding.ts'

const person = {
  problem: null,
  auto: null,
  authentic: 'pass',
  loopMark: false,
  isBounce: false,
  isFromNobody: false,
  hasSender: true,
} as const
const nothing: Facts = {
  mail: person,
  isCopy: false,
  isOurs: false,
  token: 'none',
  ticket: null,
  clients: [],
  lately: 0,
}
const itsTicket = { id: 'ticket', trashed: false, knowsSender: true }
const known: Partial<Facts> = { token: 'good', ticket: itsTicket, clients: ['odile'] }
const by = (mail: Partial<Facts['mail']>) => ({ mail: { ...person, ...mail } })

const intoTicket: Decision = { to: 'ticket', ticketId: 'ticket', as: 'customer' }
const lost: Decision = { to: 'lost', ticketId: 'ticket' }
const bounce = { isBounce: true, isFromNobody: true } as const
const tray = (why: string) => ({ to: 'tray', why })
const aside = (why: string) => ({ to: 'aside', why })

describe('a mail', () => {
  test.for<[string, Partial<Facts>, object]>([
    ['that answers a ticket its sender is of goes into it', known, intoTicket],
    ['is as good by a Message-ID of ours as by a signed address', { ...known, token: 'none' }, intoTicket],
    [
      'of a sender nobody vouches for waits, though it names a ticket of theirs',
      { ...known, ...by({ authentic: 'unknown' }) },
      tray('not_proven'),
    ],
    [
      'of a sender nobody vouches for waits, though we know the address',
      { clients: ['odile'], ...by({ authentic: 'unknown' }) },
      tray('not_proven'),
    ],
    [
      'of a sender nobody vouches for is one too many of nobody’s',
      { ...known, lately: mailsAnHour, ...by({ authentic: 'unknown' }) },
      tray('not_proven'),
    ],
    [
      'of somebody we know who answers nothing opens a ticket',
      { clients: ['odile'] },
      { to: 'new', clientId: 'odile' },
    ],
    ['of somebody we do not know waits', {}, tray('unknown_sender')],
    ['of nobody at all waits', { clients: ['odile'], ...by({ hasSender: false }) }, tray('unknown_sender')],
    ['of an address that two clients share waits', { clients: ['odile', 'karim'] }, tray('several_clients')],
    [
      'of another sender, who holds the signed address, waits',
      { ...known, ticket: { ...itsTicket, knowsSender: false } },
      tray('other_sender'),
    ],
    [
      'of another client into somebody’s ticket waits, and opens none',
      { ticket: { ...itsTicket, knowsSender: false }, clients: ['karim'] },
      tray('other_sender'),
    ],
    [
      'whose sender is not who it says waits, though it names a ticket',
      { ...known, ...by({ authentic: 'fail' }) },
      tray('not_authentic'),
    ],
    [
      'whose sender is not who it says waits, though we know the address',
      { clients: ['odile'], ...by({ authentic: 'fail' }) },
      tray('not_authentic'),
    ],
    [
      'to an address whose signature is wrong waits, whatever else it names',
      { ...known, token: 'wrong' },
      tray('token_wrong'),
    ],
    [
      'to a ticket in the trash waits',
      { ...known, ticket: { ...itsTicket, trashed: true } },
      tray('ticket_trashed'),
    ],
    ['that is too large waits', { ...known, ...by({ problem: 'too_large' }) }, tray('too_large')],
    ['that nobody can read waits', { ...known, ...by({ problem: 'unreadable' }) }, tray('unreadable')],
    ['that is one too many within the hour waits', { ...known, lately: mailsAnHour }, tray('too_many')],
    ['that is the last of as many as one may does not', { ...known, lately: mailsAnHour - 1 }, intoTicket],
    ['that came by two ways is kept once', { ...known, isCopy: true }, aside('duplicate')],
    ['of ours that came back is set aside', { ...known, isOurs: true }, aside('loop')],
    ['with our own mark is set aside', { ...known, ...by({ loopMark: true }) }, aside('loop')],
    ['that came back to a ticket’s own address is heard', { ...known, ...by(bounce) }, lost],
    [
      'that came back is heard though no server vouches for another',
      { ...known, ...by({ ...bounce, authentic: 'unknown' }) },
      lost,
    ],
    [
      'that only names a mail of ours is set aside',
      { ...known, token: 'none', ...by(bounce) },
      aside('bounce'),
    ],
    [
      'that somebody wants answers to did not come back',
      { ...known, ...by({ isBounce: true }) },
      aside('bounce'),
    ],
    [
      'that came back from whom it is not is set aside',
      { ...known, ...by({ ...bounce, authentic: 'fail' }) },
      aside('bounce'),
    ],
    [
      'that says so and is a machine’s answer too is what did not arrive',
      { ...known, ...by({ ...bounce, auto: 'auto_reply' }) },
      lost,
    ],
    ['of a mailing list is set aside', { ...known, ...by({ auto: 'list' }) }, aside('list')],
    ['sent in bulk is set aside', { ...known, ...by({ auto: 'bulk' }) }, aside('bulk')],
    [
      'by which a machine answers stands in the ticket as a machine’s',
      { ...known, ...by({ auto: 'auto_reply' }) },
      { ...intoTicket, as: 'auto' },
    ],
    [
      'by which a machine answers that nobody vouches for stays out',
      { ...known, ...by({ auto: 'auto_reply', authentic: 'unknown' }) },
      aside('auto_reply'),
    ],
    [
      'by which a machine answers nothing opens no ticket',
      { clients: ['odile'], ...by({ auto: 'auto_reply' }) },
      aside('auto_reply'),
    ],
    [
      'by which another’s machine answers stays out',
      { ...known, ticket: { ...itsTicket, knowsSender: false }, ...by({ auto: 'auto_reply' }) },
      aside('auto_reply'),
    ],
    [
      'by which a machine answers too often stays out',
      { ...known, ...by({ auto: 'auto_reply' }), lately: mailsAnHour },
      aside('auto_reply'),
    ],
  ])('%s', ([, facts, decision]) => {
    expect(decide({ ...nothing, ...facts })).toEqual(decision)
  })
})

const anything: fc.Arbitrary<Facts> = fc.record({
  mail: fc.record({
    problem: fc.constantFrom(null, 'too_large' as const, 'unreadable' as const),
    auto: fc.constantFrom(null, 'auto_reply' as const, 'list' as const, 'bulk' as const),
    authentic: fc.constantFrom('pass' as const, 'fail' as const, 'unknown' as const),
    loopMark: fc.boolean(),
    isBounce: fc.boolean(),
    isFromNobody: fc.boolean(),
    hasSender: fc.boolean(),
  }),
  isCopy: fc.boolean(),
  isOurs: fc.boolean(),
  token: fc.constantFrom('none' as const, 'good' as const, 'wrong' as const),
  ticket: fc.option(
    fc.record({ id: fc.constant('ticket'), trashed: fc.boolean(), knowsSender: fc.boolean() }),
  ),
  clients: fc.uniqueArray(fc.constantFrom('odile', 'karim'), { maxLength: 2 }),
  lately: fc.nat(mailsAnHour * 2),
})

describe('whatever comes in', () => {
  test('nobody’s ticket takes what is not theirs, or not who it says', () => {
    fc.assert(
      fc.property(anything, (facts) => {
        const decision = decide(facts)
        if (decision.to !== 'ticket') return
        expect(facts.ticket).toMatchObject({ knowsSender: true, trashed: false })
        expect(facts.mail.authentic).toBe('pass')
        expect(facts.token).not.toBe('wrong')
      }),
    )
  })

  test('nobody opens a ticket in another’s name, and only its own address hears what did not arrive', () => {
    fc.assert(
      fc.property(anything, (facts) => {
        const { to } = decide(facts)
        if (to === 'new') expect(facts.mail.authentic).toBe('pass')
        if (to === 'lost') expect([facts.token, facts.mail.isFromNobody]).toEqual(['good', true])
      }),
    )
  })

  test('a machine’s mail is no person’s: it counts nowhere, and opens nothing', () => {
    fc.assert(
      fc.property(anything, (facts) => {
        const isMachine =
          facts.mail.auto !== null || facts.mail.isBounce || facts.mail.loopMark || facts.isOurs
        const decision = decide(facts)
        if (!isMachine) return
        expect(decision.to === 'ticket' ? decision.as : decision.to).toMatch(/^(auto|aside|lost)$/)
      }),
    )
  })

  test('nobody’s machine is told more than it asked: too many from one address are not filed', () => {
    fc.assert(
      fc.property(anything, (facts) => {
        const { to } = decide({ ...facts, lately: mailsAnHour })
        expect(['tray', 'aside', 'lost']).toContain(to)
      }),
    )
  })
})
