import { parseArgs } from 'node:util';
import { deliveryDefaults } from './deliveries.mts';
import { kinds } from './faults.mts';
import type { Switches } from './switches.mts';
import { defaults } from './switches.mts';
import { demo, group, startUphance } from './uphance.mts';
import { attestedEvents } from './webhookBody.mts';

const { values } = parseArgs({
	options: {
		orders: { type: 'string', default: '1250' },
		styles: { type: 'string', default: '40' },
		port: { type: 'string', default: '4010' },
		webhook: { type: 'string', multiple: true, default: [] },
		switch: { type: 'string', multiple: true, default: [] },
		'keep-pages': { type: 'boolean', default: false },
		help: { type: 'boolean', default: false },
	},
});

if (values.help) {
	console.log(`npm run sandbox -- [--orders 1250] [--styles 40] [--port 4010] [--webhook http://localhost:5678/webhook/…] [--switch name=value …]

While it runs, a POST to /sandbox/<what> with a JSON list of arguments changes it; "log" shows what it was asked:
  curl localhost:4010/sandbox/fault -H 'content-type: application/json' \\
    -d '[{ "path": "/sales_orders", "times": 2, "kind": "status", "status": 429, "retryAfter": "3" }]'

--keep-pages renders each page of a list once and sends it again as it was, for measuring whoever reads it.

--webhook sets a webhook up, for all events, as New Webhook does in Uphance; it may be given several times and must be an
address on this machine. While it runs, an event about a record is sent by hand like this:
  curl localhost:4010/sandbox/deliver -H 'content-type: application/json' -d '["pick_ticket_update", 3000079]'
The answer shows each try. What the record is to say otherwise, and how often the same event is to come, may follow:
  -d '["invoice_create", 1000079, { "record": { "due_date": null }, "times": 2 }]'
Events that are known: ${attestedEvents.map((event, place) => (place % 3 === 0 ? `\n  ${event}` : event)).join(', ')}
Others can be sent too, about any record in a list. What is not answered with 2xx is tried again ${deliveryDefaults.webhookRetry.length} times.
What is sent without being asked for: pick_ticket_update when a pick ticket is changed by the API or published,
pick_ticket_delete when one is deleted.

New and changed records, for polling:
  curl localhost:4010/sandbox/addRecords -H 'content-type: application/json' -d '["/invoices", 3]'
  curl localhost:4010/sandbox/changeRecord -H 'content-type: application/json' -d '["/invoices", 1000079, { "total_paid": "5.0" }]'

Kinds of faults: ${kinds.join(', ')}.
All else: fault, clearFaults, log, clearLog, addUser, changePassword, switchOrganisation, expireTokens,
revokeRefreshTokens, revokeTokens, signIns, setOrders, created (orders POSTed), createdPayments, stockOperations (that counted),
deletePickTicket, deleteRecord, publishPickTicket, addRecords, changeRecord, changeSku, lateRecord, addWebhook, removeWebhook,
webhooks, deliver, deliverRaw, duplicateNext, deliveries, delivered, secrets.

Switches stand for what nobody outside Uphance knows; the defaults:
${Object.entries(defaults)
	.map(([name, value]) => `  ${name}=${value}`)
	.join('\n')}`);
	process.exit(0);
}

const switches: Partial<Switches> = Object.fromEntries(
	values.switch.map((text) => {
		const [name = '', value = ''] = text.split('=');
		if (!(name in defaults)) {
			console.error(`There is no switch '${name}'. npm run sandbox -- --help lists them.`);
			process.exit(1);
		}
		return [name, value === 'true' ? true : value === 'false' ? false : /^\d+$/.test(value) ? Number(value) : value];
	}),
);

try {
	const uphance = await startUphance({
		port: Number(values.port),
		orders: Number(values.orders),
		styles: Number(values.styles),
		switches,
		keepsPages: values['keep-pages'],
		webhooks: values.webhook.map((url) => ({ url })),
	});
	console.log(`Stand-in Uphance at ${uphance.url}, ${values.orders} sales orders in each organisation.
Sign in as ${demo.email} / ${demo.password} (one organisation) or ${group.email} / ${group.password} (two).`);
	for (const { url } of uphance.webhooks()) console.log(`Events go to ${url}.`);
} catch (error) {
	console.error(error instanceof Error ? error.message : error);
	process.exit(1);
}
