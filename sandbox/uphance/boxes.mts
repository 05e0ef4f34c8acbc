import type { FastifyInstance } from 'fastify';
import type { Accounts } from './accounts.mts';
import type { RecordStore } from './recordStore.mts';
import { sendNotFound } from './singleRoute.mts';
import type { Switches } from './switches.mts';
import { withOrganisation } from './withOrganisation.mts';

type Item = Record<string, unknown>;

const piecesPerBox = 10;

/** Serves `docs/uphance.openapi.yaml: GET /pick_tickets/{id}/box_items`. Drafts are not packed yet: they have no box. */
export function serveBoxes(app: FastifyInstance, accounts: Accounts, switches: Switches, store: RecordStore): void {
	app.get<{ Params: { id: string } }>(
		'/pick_tickets/:id/box_items',
		withOrganisation<{ Params: { id: string } }>(accounts, switches, async (organisation, { params }, reply) => {
			const ticket = organisation && store.find('/pick_tickets', organisation, Number(params.id));
			if (!ticket) return await sendNotFound(reply, switches);
			return { shipment_boxes: ticket.status === 'draft' ? [] : pack(ticket) };
		}),
	);
}

/** Fills boxes with the pieces of a pick ticket, in the order of its lines. A size may be in two boxes. */
function pack(ticket: Item): Item[] {
	const pieces = listItems(ticket.line_items)
		.flatMap((line) => listItems(line.line_quantities))
		.flatMap((size) => Array.from({ length: Number(size.quantity) }, () => size));
	return Array.from({ length: Math.ceil(pieces.length / piecesPerBox) }, (_, index) =>
		makeBox(Number(ticket.id), index, pieces.slice(index * piecesPerBox, (index + 1) * piecesPerBox)),
	);
}

function makeBox(ticketId: number, index: number, pieces: Item[]): Item {
	const id = ticketId * 100 + index;
	return {
		id,
		net_weight: pieces.length,
		gross_weight: pieces.length + 1,
		dimensions: '60 x 40 x 40',
		box_weight: index % 2 === 0 ? 1 : null,
		shipment_id: ticketId,
		shipment_box_items: [...new Set(pieces)].map((size, position) => ({
			id: id * 100 + position,
			quantity: pieces.filter((piece) => piece === size).length,
			shipment_box_id: id,
			shipment_line_quantity_id: size.id,
			shipment_line_quantity: {
				...size,
				inventory_id: Number(size.sku_id) + 1,
				bundle_components: [],
				warehouse_location: `A-${1 + position}`,
				box: String(index + 1),
			},
		})),
	};
}

const listItems = (value: unknown): Item[] => (Array.isArray(value) ? value : []);
