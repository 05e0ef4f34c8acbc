import type { FastifyInstance } from 'fastify';
import type { Accounts, Organisation } from './accounts.mts';
import { sendCreated } from './sendCreated.mts';
import { inOrganisation } from './withOrganisation.mts';
import { timestamp } from './format.mts';
import { firstIds, recordId } from './recordIds.mts';
import type { Stock } from './stock.mts';
import { skuOf } from './styles.mts';
import type { Switches } from './switches.mts';

type Item = Record<string, unknown>;

/** A stock operation that changed the stock: no repeat. */
export interface StockOperation {
	organisation: number;
	key: string | null;
	/** What was asked for, as it arrived. */
	body: unknown;
}

const names = { one: 'stock_operation', many: 'stock_operations' };

/** POST /stock_operations (uphance-api.md 4.13): only the request is documented. */
export function serveStockOperations(
	app: FastifyInstance,
	accounts: Accounts,
	switches: Switches,
	stock: Stock,
	counted: StockOperation[],
): void {
	/** By organisation and idempotency key. */
	const answered = new Map<string, Item>();

	app.post<{ Body: unknown }>(
		'/stock_operations',
		inOrganisation<{ Body: unknown }>(accounts, switches, async (organisation, { body }, reply) => {
			if (!isObject(body)) return await reply.code(400).send({ error: 'Bad Request' });
			if (!organisation) return await reply.code(422).send({ errors: { organisation: ['must exist'] } });

			const key = (body.idempotency_key ?? '') === '' ? null : String(body.idempotency_key);
			const known = key === null ? undefined : answered.get(`${organisation.id} ${key}`);
			if (known) return await sendCreated(reply, switches, names, known);

			const asked = isObject(body.stock_operation) ? body.stock_operation : {};
			const quantities = Array.isArray(asked.line_quantities) ? asked.line_quantities : [];
			const mistakes = {
				...(key !== null && key.length > 128 && { idempotency_key: ['is too long (maximum is 128 characters)'] }),
				...mistakesIn(organisation, quantities),
			};
			if (Object.keys(mistakes).length > 0) return await reply.code(422).send({ errors: mistakes });

			const lines = quantities.map(({ sku_id, quantity }) => ({ sku_id: Number(sku_id), quantity: Number(quantity) }));
			const sign = switches.stockSign === 'takes' ? -1 : 1;
			for (const { sku_id, quantity } of lines) stock.change(organisation, sku_id, sign * quantity);
			const operation = {
				id: recordId(firstIds.stockOperations, organisation, counted.length),
				created_at: timestamp(Date.now(), switches),
				source: asked.source ?? null,
				external_ref: asked.external_ref ?? null,
				external_url: asked.external_url ?? null,
				comments: asked.comments ?? null,
				line_quantities: lines,
			};
			counted.push({ organisation: organisation.id, key, body });
			if (key !== null) answered.set(`${organisation.id} ${key}`, operation);
			return await sendCreated(reply, switches, names, operation);
		}),
	);
}

/** All or nothing: one wrong line and no stock changes. */
function mistakesIn(organisation: Organisation, quantities: unknown[]): Item {
	if (quantities.length === 0) return { line_quantities: ["can't be blank"] };
	const isWhole = (each: unknown) => isObject(each) && Number.isInteger(each.quantity);
	if (!quantities.every(isWhole)) return { quantity: ['must be an integer'] };
	const isKnown = (each: unknown) => isObject(each) && skuOf(organisation, each.sku_id);
	return quantities.every(isKnown) ? {} : { sku: ['must exist'] };
}

const isObject = (value: unknown): value is Item =>
	typeof value === 'object' && value !== null && !Array.isArray(value);
