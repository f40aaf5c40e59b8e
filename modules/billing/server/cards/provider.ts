/** What any provider of card payments is to us: a page to send people to, and signed calls that tell what happened there. */
export type CardProvider = {
  name: string
  /** The bytes its calls are signed with. */
  secret: Uint8Array
  /** @returns the provider's name of the page, and its address */
  open(checkout: { id: string; amountCents: number; number: string }): Promise<{ providerId: string }>
  urlOf(checkout: { id: string; providerId: string }): string
}

/** What a call tells, whoever the provider is. */
export type CardEvent = {
  type: 'checkout.paid' | 'checkout.failed' | 'checkout.expired' | 'checkout.refunded'
  checkout: string
  /** In euros. Of a refund: all that went back of the payment by now, so that a call that is lost costs nothing. */
  amountCents: number
}
