// What a deck says, in the language of its lesson: English, or the language of the lesson's folder.

const WORDS = {
  zh: {
    "Slides": "幻灯片",
    "Back (Page Up)": "上一页（Page Up）",
    "On (Page Down, Space)": "下一页（Page Down 或空格）",
    "Notes in a window of their own (N)": "在单独的窗口中显示备注（N）",
    "Leave the slides (Escape)": "退出幻灯片（Escape）",
    "Opening the lesson": "正在打开本课",
    "Running the lesson: {done} of {all} cells": "正在运行本课：共 {all} 个单元格，已完成 {done} 个",
    "The browser keeps the window with the notes from opening: allow pop-ups for this page.":
      "浏览器拦截了备注窗口：请允许本页面打开弹出窗口。",
    "Notes": "备注",
    "No notes for this slide.": "这一页没有备注。",
    "Next: {title}": "下一页：{title}",
    "This is the last slide.": "这是最后一页。",
    "{minutes} min": "{minutes} 分钟",
  },
};

// The language of a notebook, given by its path.
export function languageOf(path) {
  return Object.keys(WORDS).find((language) => path.split("/").slice(0, -1).includes(language)) ?? "en";
}

// A sentence in a language, with its placeholders filled in.
export function said(language, sentence, values = {}) {
  const words = WORDS[language]?.[sentence] ?? sentence;
  return words.replace(/\{(\w+)\}/g, (_, name) => values[name]);
}
