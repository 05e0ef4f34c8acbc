import type { Organisation } from './accounts.mts';
import type { Channel } from './channels.mts';
import { channels } from './channels.mts';
import { creationTime, dayMs } from './dates.mts';
import { pickCyclic } from './pickCyclic.mts';
import type { Style } from './styles.mts';
import { orderedStyles } from './styles.mts';
import type { Switches } from './switches.mts';

/** When a sales order was made, and what became of it, in Unix milliseconds. What is missing did not happen. */
export interface OrderStory {
	createdAt: number;
	updatedAt: number;
	isDraft: boolean;
	startShipAt: number;
	cancelShipAt: number;
	/** When its pick ticket was created. */
	ticketAt?: number;
	/** Whether the pick ticket is not published yet, unless it is shipped. */
	isTicketDraft: boolean;
	shippedAt?: number;
	invoicedAt?: number;
	dueAt: number;
	/** Of the whole order if it is paid, otherwise of a deposit. */
	paymentAt?: number;
	isPaid: boolean;
	/** Each is one day later than the one before, and has a credit note five days later. */
	returnCount: number;
	firstReturnAt: number;
}

/** What an order may have. */
export type OrderRecord = 'pickTicket' | 'invoice' | 'payment' | 'return';

/** The same of a production order. */
export interface ProductionStory {
	createdAt: number;
	isReceived: boolean;
	receivingTicketAt?: number;
}

/** The same of an invoice of a vendor. */
export interface VendorInvoiceStory {
	at: number;
	state: 'open' | 'overdue' | 'closed';
	dueAt?: number;
}

/** What happened to the generated records. The ordinal of a record is its number in the sequence of its type, from 0. */
export interface History {
	/** Whether Uphance's own examples, orders 9005 and 9042, are among the sales orders. */
	hasDocumentedOrders: boolean;
	/** Whether fields are empty or missing where clients of Uphance have seen that. */
	hasGaps: boolean;
	/** The sales orders cycle through so many customers. */
	buyerCount: number;
	/** Returns the channel of the orders of a customer. @param customer its position in the list */
	channelOf(customer: number): Channel;
	/** Returns the styles that are sold. */
	stylesOf(organisation: Organisation): Style[];
	warehouseOf(ordinal: number): string;
	order(organisation: Organisation, ordinal: number): OrderStory;
	/** Returns how many records of a type an order has. Does so without its story, for a million orders. */
	count(type: OrderRecord, organisation: Organisation, ordinal: number): number;
	production(ordinal: number): ProductionStory;
	/** Undefined if there is no such invoice. */
	vendorInvoice(ordinal: number): VendorInvoiceStory | undefined;
}

const wholesale = channels.filter(({ name }) => name === 'Wholesale');

/** The highest number of returns of one order. */
export const returnsPerOrder = 5;

const isShipped = (ordinal: number) => ordinal % 5 === 4;
const isDraft = (ordinal: number) => ordinal % 7 === 6;
const hasInvoice = (ordinal: number) => isShipped(ordinal) || !isDraft(ordinal);

/** One sales order every half hour since 1 January 2020, so that tests get the same records on every day. */
export const fixedHistory = ({ createdAt }: Switches): History => ({
	hasDocumentedOrders: true,
	hasGaps: true,
	buyerCount: 6,
	channelOf: (customer) => pickCyclic(wholesale, customer),
	stylesOf: () => orderedStyles,
	warehouseOf: () => 'Primary warehouse',
	order(_organisation, ordinal) {
		const created = Date.UTC(2020, 0, 1, 8) + creationOrders[createdAt](ordinal) * 30 * 60_000;
		const isInvoiced = hasInvoice(ordinal);
		return {
			createdAt: created,
			updatedAt: created + dayMs,
			isDraft: isDraft(ordinal),
			startShipAt: created + 30 * dayMs,
			cancelShipAt: created + 60 * dayMs,
			ticketAt: isInvoiced ? creationTime(ordinal, 1) : undefined,
			isTicketDraft: ordinal % 9 === 8,
			shippedAt: isShipped(ordinal) ? creationTime(ordinal, 1) + 3_600_000 : undefined,
			invoicedAt: isInvoiced ? creationTime(ordinal, 2) : undefined,
			dueAt: created + 90 * dayMs,
			paymentAt: isInvoiced ? creationTime(ordinal, 10) : undefined,
			isPaid: isShipped(ordinal),
			returnCount: isShipped(ordinal) ? returnsPerOrder : 0,
			firstReturnAt: creationTime(ordinal, 20),
		};
	},
	count: (type, _organisation, ordinal) =>
		type === 'return' ? (isShipped(ordinal) ? returnsPerOrder : 0) : Number(hasInvoice(ordinal)),
	production: (ordinal) => ({
		createdAt: creationTime(ordinal, 0),
		isReceived: ordinal % 3 === 0,
		receivingTicketAt: creationTime(ordinal, 40),
	}),
	vendorInvoice(ordinal) {
		const state = (['open', 'overdue', 'closed'] as const)[ordinal % 3] ?? 'open';
		const openDueAt = ordinal % 2 === 0 ? undefined : Date.UTC(2099, 0, 1);
		return { at: creationTime(ordinal, 15), state, dueAt: state === 'open' ? openDueAt : creationTime(ordinal, 45) };
	},
});

/**
 * Maps an ordinal to its position in the order of creation. 100,003 is prime, so the shuffle visits every position
 * once.
 */
const creationOrders: Record<Switches['createdAt'], (ordinal: number) => number> = {
	ascending: (ordinal) => ordinal,
	descending: (ordinal) => 100_000 - ordinal,
	shuffled: (ordinal) => (ordinal * 61_803) % 100_003,
};
