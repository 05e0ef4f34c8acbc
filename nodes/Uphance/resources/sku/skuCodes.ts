import type { IDataObject, INodeProperties } from 'n8n-workflow';
import { fixedLimits } from '../../http/limits';
import { findById } from '../../operations/find';
import type { RowLookup } from '../../output/rows';
import { toJoinKey } from '../../output/values';
import { toRecordId } from '../../parameters/parse';
import type { UphanceClient } from '../../transport/client';
import { paginate } from '../../transport/pagination';
import { productLookup } from '../product/product';
import { extractSkus } from './findSkus';

const option: INodeProperties = {
	displayName: 'Look Up SKU Number and EAN',
	name: 'lookUpSkuCodes',
	type: 'boolean',
	displayOptions: { show: { '/itemPer': ['sku'] } },
	default: true,
	description:
		'Whether to take the SKU number and the EAN from the product where Uphance sends none with the line, as in sales orders and invoices. Costs one request per product, or one per 100 products if there are many.',
};

/**
 * Fills in the codes of rows that have none: the orders on Uphance's own page have only the ID of a SKU
 * (docs/uphance.openapi.yaml: components/schemas/LineQuantity). Codes of a product that was deleted stay null.
 */
export const skuCodes: RowLookup = {
	option,
	hint: (rows, plural) =>
		rows.length > 0 && rows.every(({ sku_number, ean }) => sku_number === null && ean === null)
			? `The rows have no SKU numbers and EANs, because Uphance sends none with ${plural}. '${option.displayName}' under Options fills them in from the products.`
			: undefined,
	async fillIn(client, rows) {
		const incomplete = rows.filter(({ sku_number, ean }) => sku_number === null || ean === null);
		const productIds = new Set(incomplete.flatMap(({ product_id }) => toRecordId(product_id) ?? []));
		const known = await client.cached('SKU codes', async () => new KnownCodes());
		await known.read(client, [...productIds]);
		for (const row of incomplete) {
			const { sku_number, ean } = known.bySku.get(String(row.sku_id)) ?? {};
			row.sku_number ??= toJoinKey(sku_number);
			row.ean ??= toJoinKey(ean);
		}
	},
};

/** The codes that an execution has read. */
class KnownCodes {
	readonly bySku = new Map<string, { sku_number: string; ean: string }>();

	private readonly productIds = new Set<number>();

	private isWhole = false;

	/** Reads those of the products that were not read before. @throws NodeApiError if a request fails */
	async read(client: UphanceClient, productIds: number[]): Promise<void> {
		const missing = productIds.filter((id) => !this.productIds.has(id));
		if (missing.length === 0 || this.isWhole) return;
		const { recordType } = productLookup;
		if (this.productIds.size + missing.length > fixedLimits.maxSingleReads) {
			for await (const products of paginate(client, recordType, {})) products.forEach((product) => this.add(product));
			this.isWhole = true;
			return;
		}
		for (const id of missing) {
			const product = await findById(client, recordType, id);
			if (product) this.add(product);
			this.productIds.add(id);
		}
	}

	private add(product: IDataObject): void {
		for (const { sku_id, sku_number, ean } of extractSkus(product)) this.bySku.set(String(sku_id), { sku_number, ean });
	}
}
