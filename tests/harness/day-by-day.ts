/**
 * What a subscription costs, day by day, reckoned anew and by nothing that the server reckons with: a day is sold once, at a part of
 * its period's price, and what is changed or given back changes the days that are left. Documents come to the same, but for half a
 * cent a line that was reckoned by days.
 */

export type Sold = {
  /** Cents excluding VAT, by months. */
  plans: readonly Readonly<Record<1 | 3 | 12, number>>[]
  /** Cents a month and piece. */
  options: readonly number[]
  coupons: readonly { percent: number; cents: number; periods: number | null }[]
  /** Basis points of VAT. */
  planRates: readonly number[]
  optionRates: readonly number[]
}
export type Months = 1 | 3 | 12

type Period = {
  from: string
  until: string
  months: Months
  plan: number
  rate: number
  options: { cents: number; rate: number }[]
  coupon: number | undefined
  /** What people took back of its days, less what did not go back for it. */
  credited: Map<number, number>
  /** What a discount on its document took off what stands beside its days. */
  beside: number
  /** Somebody changed what it costs, which no price tells of. */
  isTouched: boolean
  isChanged: boolean
}
type Undone = { period: Period; days: [string, Map<number, number>][]; withheld: Map<number, number> }
type Use = { coupon: number; left: number | null; on: string }

const day = (text: string) => Temporal.PlainDate.from(text)
const plus = (text: string, days: number) => day(text).add({ days }).toString()
const between = (from: string, until: string) => day(from).until(day(until), { largestUnit: 'days' }).days
/** Half away from zero; nothing here is below it. */
const round = (cents: number) => Math.floor(cents + 0.5)

export type Life = ReturnType<typeof dayByDay>

export function dayByDay(sold: Sold) {
  /** What each day costs. */
  const days = new Map<string, Map<number, number>>()
  let oneOffs = 0
  /** What people gave away, less what did not go back for it. */
  let gestures = 0
  const withheld = new Map<number, number>()
  /** As it was before each change by days. */
  const before: Undone[] = []
  /** Lines that may be half a cent off. */
  let rounded = 0

  let status: 'none' | 'trialing' | 'active' | 'paused' | 'cancelled' | 'ended' = 'none'
  let plan = 0
  let months: Months = 1
  let anchor = ''
  let next: string | undefined
  let waiting: { plan: number; months: Months } | undefined
  let startedOn = ''
  let trialEnd = ''
  let cancelOn: string | undefined
  let pausedOn = ''
  let resumesOn: string | undefined
  let payingFrom: string | undefined
  let period: Period | undefined
  let uses: Use[] = []
  let options: { option: number; quantity: number; from: string; until: string | undefined }[] = []

  const recurring = ({ plan: cents, options: more }: Period) =>
    more.reduce((sum, one) => sum + one.cents, cents)

  const price = (on: Period, from: string) => {
    const all = between(on.from, on.until)
    const cost = new Map<number, number>()
    for (const { cents, rate } of [{ cents: on.plan, rate: on.rate }, ...on.options])
      cost.set(rate, (cost.get(rate) ?? 0) + cents / all)
    for (let one = from; one < on.until; one = plus(one, 1)) days.set(one, cost)
  }

  const costs = (rate: number, from: string, until: string) => {
    let sum = 0
    for (let one = from; one < until; one = plus(one, 1)) sum += days.get(one)?.get(rate) ?? 0
    return sum
  }

  /** What people took back counts for days that were used first; what goes beyond them does not go back again. */
  function withhold(on: Period, rate: number, unused: number): void {
    const credited = on.credited.get(rate) ?? 0
    if (credited === 0) return
    const used = costs(rate, on.from, on.until) - unused
    const kept = Math.min(Math.max(credited - used, 0), unused)
    rounded += 2
    on.credited.set(rate, credited - kept)
    gestures -= kept
    withheld.set(rate, (withheld.get(rate) ?? 0) + kept)
  }

  /** What gave back when somebody paused, should it be discarded. */
  let givenBack: { period: Period; days: [string, Map<number, number>][]; use: Use | undefined } | undefined

  /** The period that begins on the day that is next. */
  function bill(): void {
    const from = next
    if (from === undefined) return
    if (waiting) {
      if (waiting.months !== months) anchor = from
      plan = waiting.plan
      months = waiting.months
      waiting = undefined
    }
    let passed = 0
    while (day(anchor).add({ months: passed }).toString() < from) passed++
    const until = day(anchor)
      .add({ months: passed + months })
      .toString()
    const used = uses
      .filter(({ left }) => left === null || left > 0)
      .toSorted((one, other) => (one.on < other.on ? -1 : one.on > other.on ? 1 : 0))[0]
    const coupon = used && sold.coupons[used.coupon]
    const percent = coupon?.percent ?? 0
    const whole = sold.plans[plan]?.[months] ?? 0
    const cents = Math.min(coupon?.cents ?? 0, whole)
    const less = (amount: number) => amount - round((amount * percent) / 10_000)
    period = {
      from,
      until,
      months,
      plan: less(whole) - cents,
      rate: sold.planRates[plan] ?? 0,
      options: options
        .filter((one) => one.from <= from && (one.until === undefined || one.until > from))
        .map(({ option, quantity }) => ({
          cents: less((sold.options[option] ?? 0) * quantity * (months as number)),
          rate: sold.optionRates[option] ?? 0,
        })),
      coupon: used?.coupon,
      credited: new Map(),
      beside: 0,
      isTouched: false,
      isChanged: false,
    }
    if (used && used.left !== null) used.left--
    for (let one = from; one < until; one = plus(one, 1))
      if (days.has(one)) throw new Error(`${one} is sold twice`)
    price(period, from)
    if (status === 'trialing') {
      status = 'active'
      payingFrom = from
    }
    next = until
  }

  const running = (today: string) =>
    period && period.from <= today && period.until > today ? period : undefined

  /** The days that are left are nobody's any more. */
  function giveBack(today: string): void {
    const on = running(today)
    if (!on) return
    rounded += 1 + on.options.length
    for (const rate of new Set([...sold.planRates, ...sold.optionRates]))
      withhold(on, rate, costs(rate, today, on.until))
    for (let one = today; one < on.until; one = plus(one, 1)) days.delete(one)
    // One that goes back whole used nothing up.
    const used = today === on.from ? uses.find(({ coupon }) => coupon === on.coupon) : undefined
    if (used && used.left !== null) used.left++
    period = undefined
  }

  function end(): void {
    status = 'ended'
    next = undefined
    cancelOn = undefined
    waiting = undefined
    resumesOn = undefined
  }

  const unbegun = (today: string) => payingFrom !== undefined && payingFrom >= today && next === payingFrom

  return {
    /** What the night of a day does; `before` it, only what is over ends and only days before are invoiced. */
    night(today: string, when: 'done' | 'not yet'): void {
      if ((status === 'trialing' || status === 'cancelled') && cancelOn !== undefined && cancelOn <= today)
        end()
      if (when === 'done' && status === 'paused' && resumesOn !== undefined && resumesOn <= today)
        this.resume(today)
      const until = when === 'done' ? today : plus(today, -1)
      while (next !== undefined && next <= until && (status === 'trialing' || status === 'active')) bill()
    },
    start(on: string, wanted: { plan: number; months: Months; trialDays: number; ends: boolean }): void {
      plan = wanted.plan
      months = wanted.months
      startedOn = on
      status = wanted.trialDays > 0 ? 'trialing' : 'active'
      trialEnd = plus(on, wanted.trialDays)
      anchor = trialEnd
      const ends = wanted.trialDays > 0 && wanted.ends
      next = ends ? undefined : trialEnd
      cancelOn = ends ? trialEnd : undefined
      payingFrom = status === 'active' ? on : undefined
      period = undefined
      waiting = undefined
      uses = []
      options = []
    },
    activate(today: string): void {
      status = 'active'
      payingFrom = today
      anchor = today
      next = today
      cancelOn = undefined
      trialEnd = today
    },
    extend(endsOn: string, ends: boolean): void {
      trialEnd = endsOn
      anchor = endsOn
      next = ends ? undefined : endsOn
      cancelOn = ends ? endsOn : undefined
    },
    change(
      today: string,
      to: { plan: number; months: Months; when: 'now' | 'period_end'; prorated: boolean },
    ): void {
      if (to.when === 'period_end' && status !== 'trialing') {
        waiting = { plan: to.plan, months: to.months }
        return
      }
      waiting = undefined
      const on = status === 'trialing' ? undefined : running(today)
      if (on && to.prorated && on.months === to.months) {
        const whole = sold.plans[to.plan]?.[to.months] ?? 0
        const { percent, cents } = sold.coupons[on.coupon ?? -1] ?? { percent: 0, cents: 0 }
        before.push({
          period: { ...on },
          days: [...days].filter(([one]) => one >= on.from && one < on.until),
          withheld: new Map(withheld),
        })
        withhold(on, on.rate, (on.plan * between(today, on.until)) / between(on.from, on.until))
        on.isChanged = true
        on.rate = sold.planRates[to.plan] ?? 0
        on.plan = whole - round((whole * percent) / 10_000) - Math.min(cents, whole)
        rounded += 2
        price(on, today)
        plan = to.plan
        months = to.months
      } else if (on && to.prorated) {
        giveBack(today)
        plan = to.plan
        months = to.months
        anchor = today
        next = today
        bill()
      } else {
        if (to.months !== months && status !== 'trialing') anchor = next ?? anchor
        plan = to.plan
        months = to.months
      }
    },
    withdraw(): void {
      waiting = undefined
    },
    pause(today: string, { credit, until }: { credit: boolean; until: string | undefined }): void {
      if (unbegun(today)) bill()
      const on = credit ? running(today) : undefined
      const isPlain = on && !on.isChanged && on.credited.size === 0
      givenBack = isPlain
        ? {
            period: on,
            days: [...days].filter(([one]) => one >= today && one < on.until),
            use: today === on.from ? uses.find(({ coupon }) => coupon === on.coupon) : undefined,
          }
        : undefined
      if (credit) giveBack(today)
      status = 'paused'
      pausedOn = today
      resumesOn = until
      next = undefined
      waiting = undefined
    },
    /** Whether what goes back with a pause is that of its days alone. */
    get mayKeep(): boolean {
      return status === 'paused' && givenBack !== undefined
    },
    /** The credit note of a pause is discarded: its days are somebody's again, and what they used up is used. */
    keep(): void {
      if (!givenBack) return
      period = givenBack.period
      for (const [one, cost] of givenBack.days) days.set(one, cost)
      if (givenBack.use && givenBack.use.left !== null) givenBack.use.left--
      givenBack = undefined
    },
    resume(today: string): void {
      const on = running(today)
      status = 'active'
      resumesOn = undefined
      next = on?.until ?? today
      if (!on) anchor = today
      // Who comes back after a month has a subscription of their own: its options begin that day.
      if (today >= day(pausedOn).add({ months: 1 }).toString()) {
        payingFrom = today
        options = options.filter((one) => one.until === undefined).map((one) => ({ ...one, from: today }))
        uses = uses.filter(({ left }) => left === null || left > 0)
      }
    },
    cancel(today: string, { atOnce, credit }: { atOnce: boolean; credit: boolean }): void {
      const last = cancelOn ?? (status === 'trialing' ? trialEnd : (next ?? today))
      if (atOnce || last <= today || status === 'paused' || unbegun(today)) {
        if (credit) giveBack(today)
        end()
        return
      }
      if (status !== 'trialing') status = 'cancelled'
      cancelOn = last
      next = undefined
      waiting = undefined
    },
    reactivate(): void {
      if (status === 'cancelled') status = 'active'
      next = cancelOn
      cancelOn = undefined
    },
    choose(today: string, wanted: readonly { option: number; quantity: number }[]): void {
      const from = status === 'trialing' ? startedOn : (next ?? today)
      for (const one of options) {
        if (one.until !== undefined) continue
        if (!wanted.some((other) => other.option === one.option && other.quantity === one.quantity))
          one.until = from
      }
      const added = wanted.filter(
        (other) =>
          !options.some(
            (one) =>
              one.until === undefined && one.option === other.option && one.quantity === other.quantity,
          ),
      )
      options.push(...added.map((one) => ({ ...one, from, until: undefined })))
    },
    giveCoupon(today: string, coupon: number): void {
      uses.push({ coupon, left: sold.coupons[coupon]?.periods ?? null, on: today })
    },
    takeCoupon(coupon: number): void {
      uses = uses.filter((one) => one.coupon !== coupon)
    },
    addOneOff(cents: number): void {
      oneOffs += cents
    },
    dropOneOff(cents: number): void {
      oneOffs -= cents
    },

    /** A person credits lines of the running period's document. */
    credit(rate: number, cents: number): void {
      if (!period) return
      period.credited.set(rate, (period.credited.get(rate) ?? 0) + cents)
      gestures += cents
    },
    /** Its document, a draft, gets a discount, on what stands beside its days too. */
    discount(percent: number, beside: number): void {
      if (!period) return
      const off = (cents: number) => round((Math.abs(cents) * percent) / 10_000) * Math.sign(cents)
      period.plan -= off(period.plan)
      period.options = period.options.map((one) => ({ ...one, cents: one.cents - off(one.cents) }))
      price(period, period.from)
      period.beside += off(beside)
      gestures += off(beside)
      period.isTouched = true
      rounded += 4 + period.options.length * 2
    },
    /** Its document, a draft, is discarded. */
    discard(): void {
      if (!period) return
      gestures -= [...period.credited.values()].reduce((sum, cents) => sum + cents, period.beside)
      period = {
        ...period,
        plan: 0,
        options: [],
        credited: new Map(),
        beside: 0,
        isTouched: true,
        isChanged: false,
      }
      price(period, period.from)
    },
    /** @returns how many changes by days there were so far */
    get changes(): number {
      return before.length
    },
    /** What a change by days, and those after it, asked for and gave back is dropped. */
    drop(change: number): void {
      const was = before[change]
      if (!was || !period) return
      const credited = new Map(period.credited)
      for (const [rate, cents] of withheld) {
        const again = cents - (was.withheld.get(rate) ?? 0)
        gestures += again
        credited.set(rate, (credited.get(rate) ?? 0) + again)
        withheld.set(rate, cents - again)
      }
      period = { ...was.period, credited, beside: period.beside, isTouched: true }
      for (const [one, cost] of was.days) days.set(one, cost)
    },

    get status() {
      return status
    },
    /** The next day something happens by itself. */
    get nextDay(): string | undefined {
      return [next, cancelOn, resumesOn].filter((one) => one !== undefined).toSorted()[0]
    },
    get period() {
      return period
    },
    /** Days somebody pays for, in their order. */
    get paidDays(): string[] {
      return [...days.keys()].toSorted()
    },
    get cents(): number {
      return [...days.values()].reduce(
        (sum, cost) => [...cost.values()].reduce((all, cents) => all + cents, sum),
        oneOffs - gestures,
      )
    },
    get tolerance(): number {
      return rounded / 2 + 0.01
    },
    /** What the running period charges a month. */
    get monthlyCents(): number | undefined {
      return period && status === 'active' && !period.isTouched
        ? round(recurring(period) / period.months)
        : undefined
    },
  }
}
