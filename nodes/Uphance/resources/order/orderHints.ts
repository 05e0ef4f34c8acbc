import type { IDataObject } from 'n8n-workflow';
import { capitalize } from '../../http/text';
import { contradictions, isSameAmount } from '../../operations/contradictions';
import { equalsIgnoringCase, toRecords, isSameCode } from '../../output/values';
import { isFilled } from '../../parameters/cells';
import { orderLookup } from './order';
import type { OrderInput } from './orderInput';

/**
 * Returns what a user should know about an order: that it already existed and how it differs, that Uphance made something
 * else of it than was sent, or that Uphance did not say its ID.
 *
 * @param body that was sent, or would have been sent if the order had not existed
 */
export function hints({ reference }: Pick<OrderInput, 'reference'>, body: IDataObject, order: IDataObject): string[] {
	if (order.id === null) return [withoutIdHint(reference, order)];
	const name = capitalize(orderLookup.describe(order));
	return order.alreadyExisted === true ? hintsIfExisting(name, body, order) : hintsIfCreated(name, body, order);
}

function withoutIdHint(reference: string, { alreadyExisted }: IDataObject): string {
	const where = reference ? `purchase order ref '${reference}'` : "the customer's newest order";
	const hint = `Uphance created the sales order but did not return it, so its ID is unknown. Look for ${where} in Uphance.`;
	if (alreadyExisted !== false) return hint;
	return `${hint} The node did not find it there: if you run this again, it may be created twice.`;
}

function hintsIfExisting(name: string, body: IDataObject, order: IDataObject): string[] {
	const status = String(order.status ?? '');
	const { missing, quantities, prices } = compareLines(body, order);
	return [
		...(isDraftInstead(body, order)
			? [`${name} already existed as a draft, and the node did not change it. Confirm it in Uphance.`]
			: []),
		...(status === '' || ['draft', 'confirmed'].includes(status.toLowerCase())
			? []
			: [`${name} already existed, and its status is ${status}. The node did not change it.`]),
		...(missing.length > 0
			? [`${name} already existed without SKU ${missing.join(', ')}. The node did not add anything to it.`]
			: []),
		...(quantities.length > 0
			? [`${name} already existed with other quantities: ${quantities.join(', ')}. The node did not change it.`]
			: []),
		...(prices.length > 0
			? [`${name} already existed with other prices: ${prices.join(', ')}. The node did not change it.`]
			: []),
	];
}

function hintsIfCreated(name: string, body: IDataObject, order: IDataObject): string[] {
	const { missing, quantities, prices, hasLines } = compareLines(body, order);
	const found = [
		...contradictions([
			{ label: 'customer', sent: body.customerId, answered: order.company_id, isSame: isSameCode },
			{
				label: 'purchase order ref',
				sent: body.purchaseOrderRef,
				answered: order.purchase_order_ref,
				isSame: isSameCode,
			},
			{ label: 'currency', sent: body.channel_currency, answered: order.currency, isSame: equalsIgnoringCase },
			{ label: 'warehouse', sent: body.warehouse_name, answered: order.warehouse_name, isSame: equalsIgnoringCase },
			{ label: 'shipping cost', sent: body.shipping_cost, answered: order.shipping_cost, isSame: isSameAmount },
		]),
		...(hasLines ? missing.map((sku) => `no SKU ${sku}`) : []),
		...quantities,
		...prices,
	];
	return [
		...(isDraftInstead(body, order)
			? [
					`${name} was to be confirmed, but Uphance left it a draft. It may need a 'Payment Term': set it in Uphance and confirm the order there.`,
				]
			: []),
		...(found.length > 0
			? [`${name} was created, but Uphance answered with ${found.join(', ')}. Check the order in Uphance.`]
			: []),
	];
}

const isDraftInstead = (body: IDataObject, { status }: IDataObject): boolean =>
	equalsIgnoringCase(body.order_status, 'confirmed') && equalsIgnoringCase(status, 'draft');

/** Compares lines as they are sent with those of an order. What the order has more is no difference. */
function compareLines(body: IDataObject, order: IDataObject) {
	const wanted = linesBySku(body);
	const existing = linesBySku(order);
	const both = [...wanted].flatMap(([sku, line]) => {
		const other = existing.get(sku);
		return other ? [{ sku, line, other }] : [];
	});
	return {
		hasLines: existing.size > 0,
		missing: [...wanted].filter(([sku, { pieces }]) => pieces > 0 && !existing.has(sku)).map(([sku]) => sku),
		quantities: both
			.filter(({ line, other }) => Math.abs(other.pieces - line.pieces) > 0)
			.map(({ sku, line, other }) => `${other.pieces} instead of ${line.pieces} of SKU ${sku}`),
		prices: both.flatMap(({ sku, line, other }) =>
			line.prices
				.filter((price) => other.prices.length > 0 && !other.prices.some((each) => isSameAmount(price, each)))
				.map((price) => `price ${String(other.prices[0])} instead of ${String(price)} of SKU ${sku}`),
		),
	};
}

interface SkuLine {
	/** NaN if Uphance does not say it. */
	pieces: number;
	/** Of each line that has the SKU and a price. */
	prices: unknown[];
}

/** Returns the pieces and prices in the lines of an order by SKU ID. */
function linesBySku({ line_items: items }: IDataObject): Map<string, SkuLine> {
	const lines = new Map<string, SkuLine>();
	for (const { line_quantities, unit_price } of toRecords(items)) {
		for (const { sku_id, quantity } of toRecords(line_quantities).filter((size) => isFilled(size.sku_id))) {
			const { pieces, prices } = lines.get(String(sku_id)) ?? { pieces: 0, prices: [] };
			lines.set(String(sku_id), {
				pieces: pieces + (isFilled(quantity) ? Number(quantity) : NaN),
				prices: isFilled(unit_price) ? [...prices, unit_price] : prices,
			});
		}
	}
	return lines;
}
