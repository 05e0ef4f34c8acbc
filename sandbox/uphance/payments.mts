import type { FastifyInstance } from 'fastify';
import type { Accounts, Organisation } from './accounts.mts';
import { startOfDay } from './dates.mts';
import type { Events } from './events.mts';
import { formatDecimal, formatMoney, formatTimestamp } from './format.mts';
import type { GeneratedRecords } from './generatedRecords.mts';
import { toListRoute, toSingleRoute, sinceCreatedAtFilter, sinceIdFilter } from './generatedRecords.mts';
import type { IdSequence } from './idSequence.mts';
import { getInvoiceId } from './invoices.mts';
import { toCents } from './lineItems.mts';
import type { ListRoute, Query } from './listRoute.mts';
import { MatchingOrders } from './matchingOrders.mts';
import { firstIds, getRecordId } from './recordIds.mts';
import type { RecordStore } from './recordStore.mts';
import type { RecordType } from './recordType.mts';
import { toRecordType } from './recordType.mts';
import type { SalesOrders } from './salesOrders.mts';
import { sendCreated } from './sendCreated.mts';
import type { SingleRoute } from './singleRoute.mts';
import type { Switches } from './switches.mts';
import { withOrganisation } from './withOrganisation.mts';

type Item = Record<string, unknown>;

export interface CreatedPayment {
	organisation: number;
	payment: Item;
	/** The request body. */
	body: unknown;
}

const recordKeys = { path: '/payments', singularKey: 'payment', listKey: 'payments' };

/**
 * Payments for orders (`docs/uphance.openapi.yaml: GET /payments`): a generated one per order that has one, then those
 * created with POST.
 */
export class Payments {
	readonly created: CreatedPayment[] = [];
	private readonly generated: GeneratedRecords;

	constructor(
		orders: SalesOrders,
		private readonly switches: Switches,
		private readonly ids: IdSequence,
		/** The orders and invoices, including those added since the start. */
		private readonly store: Pick<RecordStore, 'find' | 'update'>,
	) {
		const withPayment = new MatchingOrders(orders, 'payment');
		this.generated = {
			...recordKeys,
			firstId: firstIds.payments,
			perPage: 100,
			listOrdinals: (organisation) => withPayment.listOrdinals(organisation),
			generate: (organisation, ordinal) => generatePayment(organisation, ordinal, orders, switches),
			buildFilters: (organisation, query) => [
				sinceIdFilter(firstIds.payments, organisation, query),
				sinceCreatedAtFilter((ordinal) => orders.history.order(organisation, ordinal).paymentAt ?? 0, query),
				query.order_id ? (ordinal) => String(orders.getId(organisation, ordinal)) === query.order_id : undefined,
			],
		};
	}

	private readonly listRoute: ListRoute = {
		path: recordKeys.path,
		listKey: recordKeys.listKey,
		perPage: 100,
		find: (organisation, query) => {
			const generated = toListRoute(this.generated).find(organisation, query);
			const created = this.listCreated(organisation).filter((payment) => matchesQuery(payment, query));
			return {
				length: generated.length + created.length,
				at: (index) => created[index - generated.length] ?? generated.at(index),
			};
		},
	};

	private readonly singleRoute: SingleRoute = {
		...recordKeys,
		find: (organisation, id) =>
			this.listCreated(organisation).find((payment) => payment.id === id) ??
			toSingleRoute(this.generated).find(organisation, id),
	};

	get type(): RecordType {
		const generated = toRecordType(this.generated, ['since_id', 'since_created_at', 'order_id']);
		return { ...generated, list: this.listRoute, single: this.singleRoute };
	}

	/**
	 * Validates and stores a new payment. Assumes that amount and order are required. Returns the payment or the
	 * errors.
	 */
	add(organisation: Organisation, body: Item): { errors: Item } | { payment: Item; invoice?: Item } {
		const { amount, sale_id, invoice_id, company_id, date } = body;
		const order = this.store.find('/sales_orders', organisation, Number(sale_id));
		const invoice = this.store.find('/invoices', organisation, Number(invoice_id));
		const isBlank = (value: unknown) => (value ?? '') === '';
		const errors = {
			...(isBlank(amount)
				? { amount: ["can't be blank"] }
				: !Number.isFinite(Number(amount)) && { amount: ['is not a number'] }),
			...(isBlank(sale_id) ? { sale_id: ["can't be blank"] } : !order && { sale: ['must exist'] }),
			...(!isBlank(invoice_id) && !invoice && { invoice: ['must exist'] }),
		};
		if (!order || Object.keys(errors).length > 0) return { errors };
		const now = Date.now();
		const dateMs = Date.parse(String(date));
		const payment = {
			id: this.ids.next(),
			created_at: formatTimestamp(now, this.switches),
			updated_at: formatTimestamp(now, this.switches),
			amount: formatDecimal(Number(amount)),
			reference: toTextOrNull(body.reference),
			date: formatTimestamp(startOfDay(Number.isNaN(dateMs) ? now : dateMs), this.switches),
			sale_id: order.id,
			company_id: isBlank(company_id) ? order.company_id : Number(company_id),
			invoice_id: invoice?.id ?? null,
			source: toTextOrNull(body.source),
		};
		this.created.push({ organisation: organisation.id, payment, body });
		return { payment, invoice: invoice && this.payInvoice(organisation, invoice, Number(amount)) };
	}

	/** Returns the invoice after a payment. What is paid beyond it is lost; Uphance makes a credit note of it. */
	private payInvoice(organisation: Organisation, invoice: Item, amount: number): Item | undefined {
		const open = Math.max(0, toCents(invoice.amount_outstanding) - toCents(amount));
		if (open === 0) {
			this.store.update('/sales_orders', organisation, Number(invoice.sale_id), { financial_status: 'paid' });
		}
		return this.store.update('/invoices', organisation, Number(invoice.id), {
			amount_outstanding: formatMoney(open),
			total_paid: formatMoney(toCents(invoice.total_paid) + toCents(amount)),
			payments_count: Number(invoice.payments_count) + 1,
		});
	}

	private listCreated({ id }: Organisation): Item[] {
		return this.created.filter(({ organisation }) => organisation === id).map(({ payment }) => payment);
	}
}

/** Serves `docs/uphance.openapi.yaml: POST /payments`, whose body has no root key. */
export function serveCreatePayment(
	app: FastifyInstance,
	accounts: Accounts,
	switches: Switches,
	payments: Payments,
	events: Events,
): void {
	app.post<{ Body: unknown }>(
		recordKeys.path,
		withOrganisation<{ Body: unknown }>(accounts, switches, async (organisation, { body }, reply) => {
			if (typeof body !== 'object' || body === null || Array.isArray(body)) {
				return await reply.code(400).send({ error: 'Bad Request' });
			}
			if (!organisation) return await reply.code(422).send({ errors: { organisation: ['must exist'] } });
			const result = payments.add(organisation, { ...body });
			if ('errors' in result) return await reply.code(422).send({ errors: result.errors });
			const { payment, invoice } = result;
			if (invoice) events.notify('invoice_update', organisation, Number(invoice.id), invoice);
			return await sendCreated(reply, switches, recordKeys, payment);
		}),
	);
}

/** Builds the full payment of a paid order, or a deposit of 30 % without an invoice for any other order. */
function generatePayment(organisation: Organisation, ordinal: number, orders: SalesOrders, switches: Switches): Item {
	const order = orders.get(organisation, ordinal);
	const isPaid = order.financial_status === 'paid';
	const story = orders.history.order(organisation, ordinal);
	const created = story.paymentAt ?? story.createdAt;
	const total = toCents(order.grand_total);
	return {
		id: getRecordId(firstIds.payments, organisation, ordinal),
		created_at: formatTimestamp(created, switches),
		updated_at: formatTimestamp(created + 3_600_000, switches),
		amount: formatMoney(isPaid ? total : Math.round(total * 0.3)),
		reference: orders.history.hasGaps
			? [`Transfer ${7000 + ordinal}`, '', null][ordinal % 3]
			: `Transfer ${7000 + ordinal}`,
		date: formatTimestamp(startOfDay(created), switches),
		sale_id: order.id,
		company_id: orders.history.hasGaps && ordinal % 10 === 9 ? null : order.company_id,
		invoice_id: isPaid ? getInvoiceId(organisation, ordinal) : null,
		source: ordinal % 2 === 0 ? 'Bank transfer' : 'Cash',
	};
}

function matchesQuery(payment: Item, { since_id, since_created_at, order_id }: Query): boolean {
	const since = Date.parse(since_created_at ?? '');
	return (
		(!Number(since_id) || Number(payment.id) > Number(since_id)) &&
		(Number.isNaN(since) || Date.parse(String(payment.created_at)) >= since) &&
		(!order_id || String(payment.sale_id) === order_id)
	);
}

const toTextOrNull = (value: unknown) => (typeof value === 'string' ? value : null);
