/** Sheets that no page's policy for inline styles touches, and that touch no page. */
export function dress(root: ShadowRoot, css: string): void {
  try {
    const sheet = new CSSStyleSheet();
    sheet.replaceSync(css);
    root.adoptedStyleSheets = [...root.adoptedStyleSheets, sheet];
  } catch {
    const style = document.createElement("style");
    style.textContent = css;
    root.append(style);
  }
}

export const BASE = `
:host{all:initial;color-scheme:inherit;position:fixed;z-index:2147483000;inset:auto 0 0 auto;
--bg:#FAF9F7;--surface:#fff;--sunken:#F4F2EE;--hover:#F1EFEA;--line:#E7E4DE;--line2:#D4D0C8;--edge:#918B82;--ink:#1B1A18;--ink2:#55514A;--ink3:#69645C;--bad:#B3291A;--good:#1A6C46;--soft:#EDF1FD;--text:var(--accent);
font:14px/22px -apple-system,BlinkMacSystemFont,"Segoe UI Variable Text","Segoe UI",Inter,Roboto,"Noto Sans","PingFang SC","Noto Sans SC","Noto Sans CJK SC","Microsoft YaHei",system-ui,sans-serif;color:var(--ink);text-autospace:normal}
@supports (color:light-dark(#000,#fff)){:host{--bg:light-dark(#FAF9F7,#141413);--surface:light-dark(#fff,#1B1B19);--sunken:light-dark(#F4F2EE,#232320);--hover:light-dark(#F1EFEA,#2D2D29);--line:light-dark(#E7E4DE,#2E2D29);--line2:light-dark(#D4D0C8,#45433D);--edge:light-dark(#918B82,#7A766D);--ink:light-dark(#1B1A18,#EDEBE6);--ink2:light-dark(#55514A,#B9B5AC);--ink3:light-dark(#69645C,#9C978D);--bad:light-dark(#B3291A,#FF9686);--good:light-dark(#1A6C46,#74CE9E);--soft:light-dark(color-mix(in srgb,var(--accent) 10%,#fff),color-mix(in srgb,var(--accent) 28%,#1B1B19));--text:light-dark(color-mix(in srgb,var(--accent) 92%,#000),color-mix(in srgb,var(--accent) 40%,#fff))}}
*,*::before,*::after{box-sizing:border-box}
[hidden]{display:none!important}
button,input,textarea{font:inherit;color:inherit;margin:0}
button{cursor:pointer;background:none;border:0;padding:0}
:focus-visible{outline:2px solid var(--text);outline-offset:2px}
.i{width:16px;height:16px;flex:none;fill:none;stroke:currentColor;stroke-width:2;stroke-linecap:round;stroke-linejoin:round}.i.l{width:20px;height:20px}
.sr{position:absolute;width:1px;height:1px;overflow:hidden;clip-path:inset(50%);white-space:nowrap}
.launch{position:fixed;right:20px;bottom:20px;height:48px;padding:0 18px;border-radius:24px;background:var(--accent);color:#fff;display:inline-flex;align-items:center;gap:8px;font-weight:500;box-shadow:0 6px 20px -4px rgb(0 0 0/.3)}
.left .launch{right:auto;left:20px}
.launch .n{min-width:20px;height:20px;padding:0 6px;border-radius:10px;background:#B3291A;color:#fff;font-size:12px;line-height:20px;text-align:center}
.invite{position:fixed;right:20px;bottom:80px;width:min(300px,calc(100vw - 40px));padding:12px 36px 12px 14px;border-radius:14px;background:var(--surface);box-shadow:0 0 0 1px var(--line),0 8px 28px -6px rgb(20 18 14/.22)}
.left .invite{right:auto;left:20px}
.invite button.say{text-align:start;width:100%}
.invite button.x{position:absolute;right:6px;top:6px;width:28px;height:28px;display:grid;place-items:center;color:var(--ink3)}
@media print{:host{display:none}}
`;
