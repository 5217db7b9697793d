import { mount } from 'svelte';
import { Lab } from './state/lab.svelte.js';
import App from './views/shell/App.svelte';

const target = document.getElementById('app');
if (!target) throw new Error('The page has no element with the id "app".');

mount(App, { target, props: { lab: new Lab() } });
