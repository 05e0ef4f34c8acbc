import type { IDataObject } from 'n8n-workflow';
import { NodeApiError } from 'n8n-workflow';
import { isDataObject } from '../../http/json';
import { findById } from '../../operations/find';
import { notFoundError, resolveId } from '../../operations/lookup';
import type { Operation } from '../../operations/operation';
import type { RowModes } from '../../output/rows';
import { itemPerField, parseRowMode } from '../../output/rows';
import { orNull, toJoinKey, toNumber, toRecords } from '../../output/values';
import { locatorField } from '../../parameters/locator';
import type { UphanceClient } from '../../transport/client';
import { collectAll } from '../../transport/pagination';
import type { RecordType } from '../../transport/recordType';
import { pickTicketLookup } from './pickTicket';

const ticketField = locatorField(pickTicketLookup, 'pickTicketId', 'The pick ticket whose boxes to get');

const singular = 'box';

/** The boxes of a pick ticket. The answer of one developer had no pages; if there are some, they are followed. */
const boxesOf = (id: number): RecordType => ({
	path: `${pickTicketLookup.recordType.path}/${id}/box_items`,
	listKey: 'shipment_boxes',
	singularKey: 'shipment_box',
	singular,
	plural: `boxes of pick ticket ${id}`,
});

/** Splits a box into what is in it (docs/uphance.openapi.yaml: components/schemas/ShipmentBox). */
const boxRows: RowModes = {
	sku: {
		name: 'SKU',
		singular: 'SKU',
		plural: 'SKUs',
		description: (singular) => `One item per SKU in a ${singular}; each item repeats the fields of the ${singular}`,
		rows: (box) =>
			toRecords(box.shipment_box_items).map((boxItem) => {
				const size = isDataObject(boxItem.shipment_line_quantity) ? boxItem.shipment_line_quantity : {};
				return { json: { ...boxFields(box), ...boxItemFields(boxItem, size) }, sources: [size, boxItem, box] };
			}),
	},
};

const boxFields = (box: IDataObject): IDataObject => ({
	box_id: orNull(box.id),
	shipment_id: orNull(box.shipment_id),
	dimensions: orNull(box.dimensions),
	net_weight: toNumber(box.net_weight),
	gross_weight: toNumber(box.gross_weight),
	box_weight: toNumber(box.box_weight),
});

/** The quantity is that in the box; the size of the pick ticket has the quantity of all boxes. */
const boxItemFields = (boxItem: IDataObject, size: IDataObject): IDataObject => ({
	box_item_id: orNull(boxItem.id),
	line_quantity_id: orNull(boxItem.shipment_line_quantity_id ?? size.id),
	sku_id: orNull(size.sku_id),
	sku_number: toJoinKey(size.sku_number),
	upc_number: toJoinKey(size.upc_number),
	size: orNull(size.size),
	warehouse_location: orNull(size.warehouse_location),
	quantity: toNumber(boxItem.quantity),
});

const itemPer = itemPerField({ singular }, boxRows, { description: 'What each output item contains' });

/** Returns the boxes of a pick ticket (docs/uphance.openapi.yaml: GET /pick_tickets/{id}/box_items). */
export const getBoxes: Operation = {
	option: {
		name: 'Get Boxes',
		value: 'getBoxes',
		action: 'Get the boxes of a pick ticket',
		description: 'Retrieve the boxes of a pick ticket with their contents. Uphance does not document this request.',
	},
	fields: [ticketField, itemPer],
	async run(item, client) {
		const mode = parseRowMode(boxRows, this.getNodeParameter(itemPer.name, item, itemPer.default));
		const locator: unknown = this.getNodeParameter(ticketField.name, item);
		const id = await resolveId(client, pickTicketLookup, locator);
		const boxes = await readBoxes(client, id);
		if (boxes.length === 0 && this.getInputData().length === 1) {
			this.addExecutionHints({ message: `Pick ticket ${id} has no boxes`, location: 'outputPane' });
		}
		return mode ? boxes.flatMap((box) => mode.rows(box).map(({ json }) => json)) : boxes;
	},
};

/**
 * Returns the boxes of a pick ticket. If Uphance finds none, it is asked for the pick ticket, which also registers the
 * organisation if somebody switched it, and then for the boxes once more.
 *
 * @throws UserError if there is no such pick ticket; NodeApiError if a request fails, or if Uphance has the pick ticket but
 * does not find its boxes
 */
async function readBoxes(client: UphanceClient, id: number): Promise<IDataObject[]> {
	const boxes = await findBoxes(client, id);
	if (boxes) return boxes;
	const ticket = await findById(client, pickTicketLookup.recordType, id);
	if (!ticket) throw await notFoundError(client, pickTicketLookup, { mode: 'id', value: String(id) });
	const boxesOfTicket = await findBoxes(client, id);
	if (boxesOfTicket) return boxesOfTicket;
	throw client.toError({
		message: `Uphance has pick ticket ${id}, but did not find its boxes`,
		description:
			'It may not be packed into boxes yet. If it is, Uphance may not offer this request: it is not documented. Please tell us in an issue on GitHub.',
	});
}

/** Returns undefined if Uphance answers 404. */
const findBoxes = async (client: UphanceClient, id: number): Promise<IDataObject[] | undefined> =>
	await collectAll(client, boxesOf(id)).catch((error: unknown) => {
		if (error instanceof NodeApiError && error.httpCode === '404') return undefined;
		throw error;
	});
