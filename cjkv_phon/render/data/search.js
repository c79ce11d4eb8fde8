(function () {
  var box = document.getElementById("search");
  var count = document.getElementById("found");
  var all = Array.prototype.slice.call(document.querySelectorAll("article"));
  var texts = all.map(function (article) {
    return article.getAttribute("data-text").toLowerCase();
  });
  box.hidden = false;
  box.addEventListener("input", function () {
    var wanted = box.value.trim().toLowerCase();
    var found = 0;
    all.forEach(function (article, place) {
      article.hidden = wanted !== "" && texts[place].indexOf(wanted) < 0;
      if (!article.hidden) { found += 1; }
    });
    count.textContent = wanted === "" ? "" : found + " of " + all.length;
  });
})();
