// n8n loads what package.json names under "n8n"; this file exists because npm expects a main.
module.exports = {};
