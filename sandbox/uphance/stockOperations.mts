import type { FastifyInstance } from 'fastify';
import type { Accounts, Organisation } from './accounts.mts';
import { formatTimestamp } from './format.mts';
import { firstIds, getRecordId } from './recordIds.mts';
import { sendCreated } from './sendCreated.mts';
import type { Stock } from './stock.mts';
import { findSku } from './styles.mts';
import type { Switches } from './switches.mts';
import { withOrganisation } from './withOrganisation.mts';

type Item = Record<string, unknown>;

/** A stock operation that changed the stock. Repeats with the same idempotency key are not included. */
export interface StockOperation {
	organisation: number;
	/** Its idempotency key. */
	key: string | null;
	/** The request body. */
	body: unknown;
}

const recordKeys = { singularKey: 'stock_operation', listKey: 'stock_operations' };

/** Serves `docs/uphance.openapi.yaml: POST /stock_operations`. Only the request is documented. */
export function serveStockOperations(
	app: FastifyInstance,
	accounts: Accounts,
	switches: Switches,
	stock: Stock,
	applied: StockOperation[],
): void {
	/** By organisation and idempotency key. */
	const operationsByKey = new Map<string, Item>();

	app.post<{ Body: unknown }>(
		'/stock_operations',
		withOrganisation<{ Body: unknown }>(accounts, switches, async (organisation, { body }, reply) => {
			if (!isObject(body)) return await reply.code(400).send({ error: 'Bad Request' });
			if (!organisation) return await reply.code(422).send({ errors: { organisation: ['must exist'] } });

			const key = (body.idempotency_key ?? '') === '' ? null : String(body.idempotency_key);
			const previous = key === null ? undefined : operationsByKey.get(`${organisation.id} ${key}`);
			if (previous) return await sendCreated(reply, switches, recordKeys, previous);

			const input = isObject(body.stock_operation) ? body.stock_operation : {};
			const quantities = Array.isArray(input.line_quantities) ? input.line_quantities : [];
			const errors = {
				...(key !== null && key.length > 128 && { idempotency_key: ['is too long (maximum is 128 characters)'] }),
				...validateQuantities(organisation, quantities),
			};
			if (Object.keys(errors).length > 0) return await reply.code(422).send({ errors });

			const lines = quantities.map(({ sku_id, quantity }) => ({ sku_id: Number(sku_id), quantity: Number(quantity) }));
			const sign = switches.stockSign === 'takes' ? -1 : 1;
			for (const { sku_id, quantity } of lines) stock.adjust(organisation, sku_id, sign * quantity);
			const operation = {
				id: getRecordId(firstIds.stockOperations, organisation, applied.length),
				created_at: formatTimestamp(Date.now(), switches),
				source: input.source ?? null,
				external_ref: input.external_ref ?? null,
				external_url: input.external_url ?? null,
				comments: input.comments ?? null,
				line_quantities: lines,
			};
			applied.push({ organisation: organisation.id, key, body });
			if (key !== null) operationsByKey.set(`${organisation.id} ${key}`, operation);
			return await sendCreated(reply, switches, recordKeys, operation);
		}),
	);
}

/** Returns the errors of the lines, or {}. One invalid line rejects the whole operation. */
function validateQuantities(organisation: Organisation, quantities: unknown[]): Item {
	if (quantities.length === 0) return { line_quantities: ["can't be blank"] };
	const isWhole = (each: unknown) => isObject(each) && Number.isInteger(each.quantity);
	if (!quantities.every(isWhole)) return { quantity: ['must be an integer'] };
	const isKnown = (each: unknown) => isObject(each) && findSku(organisation, each.sku_id);
	return quantities.every(isKnown) ? {} : { sku: ['must exist'] };
}

const isObject = (value: unknown): value is Item =>
	typeof value === 'object' && value !== null && !Array.isArray(value);
