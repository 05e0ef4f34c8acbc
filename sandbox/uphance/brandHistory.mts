import type { Organisation } from './accounts.mts';
import { channels, getCustomerChannel } from './channels.mts';
import { dayMs, startOfDay } from './dates.mts';
import type { History, OrderStory } from './history.mts';
import { pickCyclic } from './pickCyclic.mts';
import { listStyles } from './styles.mts';
import type { Switches } from './switches.mts';

/** At most so many days of orders; fewer if there are few, so that the last month has some. */
const longestDays = 540;
const productionOrderCount = 230;

const shippedAfterDays = 8;
const paidAfterDays = 21;
const netDays = 30;

/**
 * A brand that has been selling until yesterday: most orders are shipped after a week and paid three weeks later, the
 * newest are drafts and open pick tickets, and of the older ones a few are late, or not paid in time. Everything takes the
 * same number of days for each order, so that the dates of each list ascend with its ids.
 *
 * @param now Unix milliseconds; the brand's records end before this day
 */
export function brandHistory(now: number, organisations: Organisation[], { createdAt }: Switches): History {
	const end = startOfDay(now);
	const counts = new Map(organisations.map(({ id, orders }) => [id, orders]));
	const positions: Record<Switches['createdAt'], (ordinal: number, count: number) => number> = {
		ascending: (ordinal) => ordinal,
		descending: (ordinal, count) => count - 1 - ordinal,
		shuffled: (ordinal, count) => (ordinal * 61_803) % count,
	};
	const happened = (at: number) => (at <= end ? at : undefined);

	const history: History = {
		hasDocumentedOrders: false,
		hasGaps: false,
		buyerCount: 24,
		channelOf: (customer) => getCustomerChannel(customer) ?? pickCyclic(channels, 0),
		stylesOf: listStyles,
		warehouseOf: (ordinal) => (ordinal % 4 === 1 ? 'East warehouse' : 'Primary warehouse'),
		order({ id }, ordinal): OrderStory {
			const count = Math.max(1, counts.get(id) ?? 1);
			const days = Math.min(longestDays, count);
			const position = positions[createdAt](ordinal, count);
			const created = inOfficeHours(end - ((count - position) / count) * days * dayMs);
			const age = Math.floor((end - created) / dayMs);
			const isDraft = age < 14 ? ordinal % 5 === 2 : age < 120 && ordinal % 61 === 2;
			const dates = {
				createdAt: created,
				isDraft,
				startShipAt: created + 3 * dayMs,
				cancelShipAt: created + 24 * dayMs,
			};
			const ticketAt = isDraft ? undefined : happened(created + dayMs);
			const isLate = age >= 25 && age < 60 && ordinal % 13 === 6;
			const shippedAt = isDraft || isLate ? undefined : happened(created + shippedAfterDays * dayMs);
			const dueAt = (shippedAt ?? end) + netDays * dayMs;
			const isOverdue = dueAt < end && dueAt > end - 45 * dayMs && ordinal % 9 === 5;
			const paymentAt = shippedAt === undefined || isOverdue ? undefined : happened(shippedAt + paidAfterDays * dayMs);
			// Its credit note comes five days later.
			const returnedAt = (shippedAt ?? end) + 14 * dayMs;
			const isReturned = ordinal % 14 === 3 && returnedAt + 5 * dayMs <= end;
			return {
				...dates,
				updatedAt: paymentAt ?? shippedAt ?? ticketAt ?? created + 2 * 3_600_000,
				ticketAt,
				isTicketDraft: age < 3,
				shippedAt,
				invoicedAt: shippedAt,
				dueAt,
				paymentAt,
				isPaid: paymentAt !== undefined,
				returnCount: isReturned ? 1 : 0,
				firstReturnAt: returnedAt,
			};
		},
		count(type, organisation, ordinal) {
			const { ticketAt, invoicedAt, paymentAt, returnCount } = history.order(organisation, ordinal);
			if (type === 'return') return returnCount;
			const moments = { pickTicket: ticketAt, invoice: invoicedAt, payment: paymentAt };
			return moments[type] === undefined ? 0 : 1;
		},
		production(ordinal) {
			const created = productionTime(end, ordinal);
			const expectedAt = created + 70 * dayMs;
			const isLate = expectedAt > end - 30 * dayMs && ordinal % 5 === 2;
			return {
				createdAt: created,
				isReceived: expectedAt <= end && !isLate,
				receivingTicketAt: happened(created + 40 * dayMs),
			};
		},
		vendorInvoice(ordinal) {
			const at = productionTime(end, ordinal) + 15 * dayMs;
			const dueAt = at + netDays * dayMs;
			const isOverdue = dueAt > end - 60 * dayMs && ordinal % 6 === 1;
			const state = dueAt > end ? 'open' : isOverdue ? 'overdue' : 'closed';
			return ordinal < productionOrderCount && at <= end ? { at, dueAt, state } : undefined;
		},
	};
	return history;
}

const productionTime = (end: number, ordinal: number) =>
	inOfficeHours(end - ((productionOrderCount - ordinal) / productionOrderCount) * longestDays * dayMs);

/** Moves a moment between 8:00 and 18:00 UTC of its day. Keeps the order of moments. */
function inOfficeHours(at: number): number {
	const day = startOfDay(at);
	return Math.round(day + dayMs / 3 + (at - day) * (10 / 24));
}
