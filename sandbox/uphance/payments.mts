import type { FastifyInstance } from 'fastify';
import type { Accounts, Organisation } from './accounts.mts';
import type { Changes } from './recordStore.mts';
import { createdAt, midnight } from './dates.mts';
import { sendCreated } from './sendCreated.mts';
import { inOrganisation } from './withOrganisation.mts';
import { invoiceId } from './invoices.mts';
import type { Kind } from './recordType.mts';
import { kindOf } from './recordType.mts';
import { cents } from './lineItems.mts';
import type { ListRoute, Query } from './listRoute.mts';
import type { NewIds } from './idSequence.mts';
import { OrderPlaces } from './matchingOrders.mts';
import { decimal, money, timestamp } from './format.mts';
import { firstIds, recordId } from './recordIds.mts';
import type { Row } from './generatedRecords.mts';
import { listOf, oneOf, sinceCreatedAt, sinceId } from './generatedRecords.mts';
import type { SalesOrders } from './salesOrders.mts';
import { isInvoiced } from './salesOrders.mts';
import type { SingleRoute } from './singleRoute.mts';
import type { Switches } from './switches.mts';

type Item = Record<string, unknown>;

export interface CreatedPayment {
	organisation: number;
	payment: Item;
	/** What was asked for, as it arrived. */
	body: unknown;
}

const names = { path: '/payments', one: 'payment', many: 'payments' };

/** The payments for orders (uphance-api.md 4.12): one made up for each that has an invoice, then those that POST made. */
export class Payments {
	readonly created: CreatedPayment[] = [];
	private readonly madeUp: Row;

	constructor(
		orders: SalesOrders,
		private readonly switches: Switches,
		private readonly ids: NewIds,
		/** Where orders and invoices are looked for, those too that came to be since the start. */
		private readonly find: Changes['find'],
	) {
		const places = new OrderPlaces(orders, isInvoiced);
		this.madeUp = {
			...names,
			firstId: firstIds.payments,
			perPage: 100,
			places: (organisation) => places.of(organisation),
			at: (organisation, place) => madeUpPayment(organisation, place, orders, switches),
			filters: (organisation, query) => [
				sinceId(firstIds.payments, organisation, query),
				sinceCreatedAt((place) => createdAt(place, 10), query),
				query.order_id ? (place) => String(orders.idAt(organisation, place)) === query.order_id : undefined,
			],
		};
	}

	private readonly list: ListRoute = {
		path: names.path,
		key: names.many,
		perPage: 100,
		find: (organisation, query) => {
			const madeUp = listOf(this.madeUp).find(organisation, query);
			const created = this.createdIn(organisation).filter((payment) => isMeant(payment, query));
			return {
				length: madeUp.length + created.length,
				at: (index) => created[index - madeUp.length] ?? madeUp.at(index),
			};
		},
	};

	private readonly one: SingleRoute = {
		...names,
		find: (organisation, id) =>
			this.createdIn(organisation).find((payment) => payment.id === id) ?? oneOf(this.madeUp).find(organisation, id),
	};

	get kind(): Kind {
		const madeUp = kindOf(this.madeUp, ['since_id', 'since_created_at', 'order_id']);
		return { ...madeUp, list: this.list, one: this.one };
	}

	/** Keeps a new payment, or says what is wrong with it: that amount and order are needed is a guess. */
	add(organisation: Organisation, body: Item): { mistakes: Item } | { payment: Item } {
		const { amount, sale_id, invoice_id, company_id, date } = body;
		const order = this.find('/sales_orders', organisation, Number(sale_id));
		const invoice = this.find('/invoices', organisation, Number(invoice_id));
		const isBlank = (value: unknown) => (value ?? '') === '';
		const mistakes = {
			...(isBlank(amount)
				? { amount: ["can't be blank"] }
				: !Number.isFinite(Number(amount)) && { amount: ['is not a number'] }),
			...(isBlank(sale_id) ? { sale_id: ["can't be blank"] } : !order && { sale: ['must exist'] }),
			...(!isBlank(invoice_id) && !invoice && { invoice: ['must exist'] }),
		};
		if (!order || Object.keys(mistakes).length > 0) return { mistakes };
		const now = Date.now();
		const asked = Date.parse(String(date));
		const payment = {
			id: this.ids.next(),
			created_at: timestamp(now, this.switches),
			updated_at: timestamp(now, this.switches),
			amount: decimal(Number(amount)),
			reference: textOf(body.reference),
			date: timestamp(midnight(Number.isNaN(asked) ? now : asked), this.switches),
			sale_id: order.id,
			company_id: isBlank(company_id) ? order.company_id : Number(company_id),
			invoice_id: invoice?.id ?? null,
			source: textOf(body.source),
		};
		this.created.push({ organisation: organisation.id, payment, body });
		return { payment };
	}

	private createdIn({ id }: Organisation): Item[] {
		return this.created.filter(({ organisation }) => organisation === id).map(({ payment }) => payment);
	}
}

/** POST /payments, whose body has no root key. */
export function serveCreatePayment(
	app: FastifyInstance,
	accounts: Accounts,
	switches: Switches,
	payments: Payments,
): void {
	app.post<{ Body: unknown }>(
		names.path,
		inOrganisation<{ Body: unknown }>(accounts, switches, async (organisation, { body }, reply) => {
			if (typeof body !== 'object' || body === null || Array.isArray(body)) {
				return await reply.code(400).send({ error: 'Bad Request' });
			}
			if (!organisation) return await reply.code(422).send({ errors: { organisation: ['must exist'] } });
			const result = payments.add(organisation, { ...body });
			if ('mistakes' in result) return await reply.code(422).send({ errors: result.mistakes });
			return await sendCreated(reply, switches, names, result.payment);
		}),
	);
}

/** Paid orders were paid for at once with their invoice; of the others there is a deposit, before any invoice. */
function madeUpPayment(organisation: Organisation, place: number, orders: SalesOrders, switches: Switches): Item {
	const order = orders.at(organisation, place);
	const isPaid = order.financial_status === 'paid';
	const created = createdAt(place, 10);
	const total = cents(order.grand_total);
	return {
		id: recordId(firstIds.payments, organisation, place),
		created_at: timestamp(created, switches),
		updated_at: timestamp(created + 3_600_000, switches),
		amount: money(isPaid ? total : Math.round(total * 0.3)),
		reference: [`Transfer ${7000 + place}`, '', null][place % 3],
		date: timestamp(midnight(created), switches),
		sale_id: order.id,
		company_id: place % 10 === 9 ? null : order.company_id,
		invoice_id: isPaid ? invoiceId(organisation, place) : null,
		source: place % 2 === 0 ? 'Bank transfer' : 'Cash',
	};
}

function isMeant(payment: Item, { since_id, since_created_at, order_id }: Query): boolean {
	const since = Date.parse(since_created_at ?? '');
	return (
		(!Number(since_id) || Number(payment.id) > Number(since_id)) &&
		(Number.isNaN(since) || Date.parse(String(payment.created_at)) >= since) &&
		(!order_id || String(payment.sale_id) === order_id)
	);
}

const textOf = (value: unknown) => (typeof value === 'string' ? value : null);
